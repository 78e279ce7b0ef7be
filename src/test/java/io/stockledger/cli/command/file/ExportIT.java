package io.stockledger.cli.command.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What export writes, and that a ledger can be made again from it. */
class ExportIT {
  private static final int MOVES = 400;
  private static final int ITEMS = 7;

  @Test
  void writesMovesItemByItemInTheOrderOfTheirNumbers() {
    StockCli stock = new StockCli(TestDatabase.server().newSchema());
    done(stock, "setup-db");
    done(stock, "add-item --item-id 7 --item-code A --name Sake");
    done(stock, "add-stock --item-id 101 --quantity 25 --date 2025-09-21 --request-id delivery:1");
    done(
        stock,
        "add-stock --item-id 7 --quantity 9223372036854775807 --date 2025-09-21"
            + " --request-id delivery_2");
    done(
        stock,
        "remove-stock-atomic --item-id 101 --quantity 30 --date 2025-09-20"
            + " --request-id order.3");
    String header = "item_id,date,quantity,request_id,line,note,hold\n";
    String seven = "7,2025-09-21,9223372036854775807,delivery_2,1/1,,\n";
    String first = "101,2025-09-19,100,initial-data,1/1,,\n";
    String second = "101,2025-09-21,25,delivery:1,1/1,,\n";
    String late = "101,2025-09-20,-30,order.3,1/1,,\n";
    expect(stock, "export", header + seven + first + second + late);
    expect(stock, "export --item-id 101", header + first + second + late);
    expect(stock, "export --from 2025-09-20", header + seven + second + late);
    expect(stock, "export --to 2025-09-20", header + first + late);
    expect(stock, "export --from 2025-09-20 --to 2025-09-20", header + late);
    expect(stock, "export --item-id 7 --to 2025-09-20", header);
    assertThat(stock.line("export --item-id 999"))
        .isEqualTo(
            new StockCli.Result(3, "", "stock: Unknown item 999. Register it with add-item.\n"));
  }

  /** A line says how many lines its request has, so that a file can be seen to have all of them. */
  @Test
  void eachMoveHasItsLineAndTheNoteOfItsRequest() {
    LocalDate day = LocalDate.of(2025, 9, 21);
    try (TestLedger ledger = TestLedger.make(1)) {
      ledger.addItem(7);
      Request swap =
          new Request(
              "swap-1",
              day,
              "\"純米\", chilled",
              List.of(new RequestLine(101, -2), new RequestLine(7, 3), new RequestLine(101, 1)));
      new StockRepository(ledger.database()).post(swap);
      StockCli stock = new StockCli(ledger.url());
      String note = "\"\"\"純米\"\", chilled\",\n";
      expect(
          stock,
          "export --from 2025-09-20",
          "item_id,date,quantity,request_id,line,note,hold\n7,2025-09-21,3,swap-1,2/3,"
              + note
              + "101,2025-09-21,-2,swap-1,1/3,"
              + note
              + "101,2025-09-21,1,swap-1,3/3,"
              + note);
      expect(
          stock,
          "export --item-id 7 --json",
          "{\"item_id\":7,\"date\":\"2025-09-21\",\"quantity\":3,\"request_id\":\"swap-1\","
              + "\"line\":\"2/3\",\"note\":\"\\\"純米\\\", chilled\",\"hold\":\"\"}\n");
    }
  }

  @Test
  void anExportMadeAgainInItsOrderIsTheSameLedger() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("ExportIT: -Dstock.test.seed=" + seed);
    Random random = new Random(seed);
    try (TestLedger ledger = TestLedger.make(1);
        TestLedger copy = TestLedger.make(1)) {
      for (long itemId = 1; itemId <= ITEMS; itemId++) {
        ledger.addItem(itemId);
        copy.addItem(itemId);
      }
      StockRepository stock = new StockRepository(ledger.database());
      for (int i = 0; i < MOVES; i++) {
        MoveRequest request =
            new MoveRequest(
                1 + random.nextInt(ITEMS),
                1 + random.nextInt(20),
                LocalDate.of(2025, 9, 10).plusDays(random.nextInt(12)),
                "request-" + i);
        if (random.nextBoolean()) {
          stock.add(request);
        } else {
          stock.removeAtomic(request);
        }
      }
      StockCli.Result exported = new StockCli(ledger.url()).line("export");
      assertThat(exported.status()).isZero();
      StockRepository again = new StockRepository(copy.database());
      exported.out().lines().skip(1).forEach(line -> makeAgain(again, line.split(",", -1)));

      assertThat(LedgerInvariants.moves(copy.url()))
          .isEqualTo(LedgerInvariants.moves(ledger.url()))
          .hasSizeGreaterThan(MOVES / 2);
      assertThat(new StockCli(copy.url()).line("export")).isEqualTo(exported);
    }
  }

  /** Every move is accepted, because it is decided on the same moves as the first time. */
  private static void makeAgain(StockRepository stock, String... fields) {
    long increment = Long.parseLong(fields[2]);
    MoveRequest request =
        new MoveRequest(
            Long.parseLong(fields[0]), Math.abs(increment), LocalDate.parse(fields[1]), fields[3]);
    if (increment > 0) {
      stock.add(request);
    } else {
      assertThat(stock.removeAtomic(request)).isEqualTo(new Removal.Removed(false));
    }
  }

  private static void expect(StockCli stock, String line, String out) {
    assertThat(stock.line(line)).isEqualTo(new StockCli.Result(0, out, ""));
  }

  private static void done(StockCli stock, String commandLine) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }
}
