package io.stockledger.cli.command.day;

import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.Terminal;
import io.stockledger.ledger.closing.ItemClosing;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What a batch prints: one line per closing, or one line per day when it ends. */
final class BatchReport {
  private final Terminal terminal;
  private final Output output;
  private final boolean byDay;
  private final NavigableMap<LocalDate, Totals> days = new TreeMap<>();
  private boolean isEmpty = true;
  private long written;
  private long failed;

  BatchReport(Terminal terminal, Output output, boolean byDay) {
    this.terminal = terminal;
    this.output = output;
    this.byDay = byDay;
  }

  /** The sums of the closings of a day. */
  private static final class Totals {
    private long items;
    private long moves;
    private BigInteger units = BigInteger.ZERO;

    void add(ItemClosing.Written closing) {
      items++;
      moves += closing.moves();
      units = units.add(BigInteger.valueOf(closing.units()));
    }
  }

  void add(ItemClosing closing) {
    isEmpty = false;
    if (closing instanceof ItemClosing.Written closed) {
      written++;
      if (byDay) {
        days.computeIfAbsent(closed.day(), day -> new Totals()).add(closed);
      } else {
        output.line(
            Row.of(
                "item_id", closed.itemId(),
                "date", closed.day(),
                "closing_stock", closed.units(),
                "moves", closed.moves()),
            "Closing stock of item %s on %s: %s"
                .formatted(closed.itemId(), closed.day(), closed.units()));
      }
    } else if (closing instanceof ItemClosing.Newer newer) {
      terminal.message(
          "Item %s has a closing of %s by a batch that saw more moves; it stays."
              .formatted(newer.itemId(), newer.day()));
    } else if (closing instanceof ItemClosing.Damaged damaged) {
      fail(
          closing,
          ("its closing of %s counts %s moves, but the item has %s. Delete that row of"
                  + " stock_moves_history, then run the batch again.")
              .formatted(damaged.day(), damaged.moveNo(), damaged.lastNo()));
    } else if (closing instanceof ItemClosing.OutOfRange outOfRange) {
      fail(
          closing,
          "its stock on %s is %s, which a BIGINT does not hold."
              .formatted(outOfRange.day(), outOfRange.units()));
    }
  }

  /** Reports one closing that was not written. */
  private void fail(ItemClosing closing, String reason) {
    output.failure(
        "not_closed", "Item " + closing.itemId() + " was not closed: " + reason, ExitCode.FAILURE);
    failed++;
  }

  /**
   * Prints the days of a batch that has not failed.
   *
   * @param ifEmpty the sentence if there was no closing to write, if one is to be said
   * @return the exit status
   */
  int end(Optional<String> ifEmpty) {
    days.forEach(
        (day, totals) ->
            output.line(
                Row.of(
                    "date", day,
                    "items", totals.items,
                    "moves", totals.moves,
                    "units", totals.units),
                "Closed %s: items %s, moves %s, units %s"
                    .formatted(day, totals.items, totals.moves, totals.units)));
    if (isEmpty) {
      ifEmpty.ifPresent(terminal::message);
    }
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILURE;
  }

  /** Returns how many closings were written so far. */
  long written() {
    return written;
  }

  /** Returns how many closings could not be written so far. */
  long failed() {
    return failed;
  }
}
