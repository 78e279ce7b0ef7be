package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.aggregate.ClosingRepository;
import io.stockledger.ledger.aggregate.ItemClosing;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Writes the closings of a day. */
@Command(
    name = "run-batch",
    description = {
      "Write the closing stock of each item that moved on a day into stock_moves_history, read on"
          + " TiFlash. It may run at any time and any number of times."
    })
final class RunBatchCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Mixin private DayOption day;

  private long items;
  private int exitCode = ExitCode.DONE;

  @Override
  public Integer call() {
    LocalDate date = day.date();
    Terminal terminal = stock.terminal();
    try (Database database = stock.openForAggregates(ClosingRepository.CONNECTIONS)) {
      new ClosingRepository(database, terminal::message)
          .close(date, closing -> tell(date, closing));
    }
    if (items == 0) {
      terminal.message("No item moved on " + date + ".");
    }
    return exitCode;
  }

  private void tell(LocalDate date, ItemClosing closing) {
    items++;
    if (closing instanceof ItemClosing.Written written) {
      stock
          .terminal()
          .result(
              "Closing stock of item " + written.itemId() + " on " + date + ": " + written.units());
    } else if (closing instanceof ItemClosing.Newer newer) {
      stock
          .terminal()
          .message(
              "Item "
                  + newer.itemId()
                  + " has a closing of "
                  + date
                  + " by a batch that saw more moves; it stays.");
    } else if (closing instanceof ItemClosing.Damaged damaged) {
      fail(
          closing,
          "its closing of "
              + date
              + " counts "
              + damaged.moveNo()
              + " moves, but the item has "
              + damaged.lastNo()
              + ". Delete that row of stock_moves_history, then run the batch again.");
    } else if (closing instanceof ItemClosing.OutOfRange outOfRange) {
      fail(
          closing,
          "its stock on " + date + " is " + outOfRange.units() + ", which a BIGINT does not hold.");
    }
  }

  /** Reports one item that was not closed. */
  private void fail(ItemClosing closing, String reason) {
    stock.terminal().message("stock: Item " + closing.itemId() + " was not closed: " + reason);
    exitCode = ExitCode.FAILURE;
  }
}
