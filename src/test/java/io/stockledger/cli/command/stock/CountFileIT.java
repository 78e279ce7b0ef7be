package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.CountInvariants;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts of a file. */
class CountFileIT {
  private static final int ITEMS = 9;

  @TempDir private Path folder;

  private String url;
  private StockCli stock;

  @BeforeEach
  void addItems() throws IOException {
    url = TestDatabase.server().newSchema();
    stock = new StockCli(url);
    done("setup-db", "--no-initial-data");
    Path items = file("items.csv", "item_id,item_code,name", rows("%1$s,CODE-%1$s,Item"));
    done("add-item", "--file", items.toString());
    // Item n has 10 n units.
    Path moves = file("moves.csv", "item_id,date,quantity", rows("%1$s,2025-09-19,%1$s0"));
    done("import", moves.toString(), "--file-id", "begin");
  }

  private static String rows(String form) {
    return IntStream.rangeClosed(1, ITEMS)
        .mapToObj(form::formatted)
        .collect(Collectors.joining("\n"));
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private StockCli.Result done(String... words) {
    StockCli.Result result = stock.run(words);
    assertThat(result.status()).as("%s: %s", String.join(" ", words), result).isZero();
    return result;
  }

  private StockCli.Result count(Path file, String... options) {
    String[] words = new String[options.length + 3];
    words[0] = "count-stock";
    words[1] = "--file";
    words[2] = file.toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return stock.run(words);
  }

  private long stockOf(int itemId) {
    return Long.parseLong(
        done("get-stock", "--item-id", String.valueOf(itemId), "--quiet").out().strip());
  }

  @Test
  void eachLineIsACountAndTheSameFileAgainChangesNothing() throws Exception {
    Path file =
        file(
            "counts.csv",
            "counted,item_id,note",
            "8,1,shelf",
            "20,2,",
            "33,3,back room",
            "",
            "0,4,");
    assertThat(count(file, "--file-id", "take", "--date", "2025-09-20"))
        .isEqualTo(
            new StockCli.Result(
                0,
                "Counted 4 lines: 4 made, 0 made before, 0 refused or faulty; 3 corrected.\n",
                ""));
    assertThat(stockOf(1)).isEqualTo(8);
    assertThat(stockOf(3)).isEqualTo(33);
    assertThat(stockOf(4)).isZero();
    done("remove-stock-atomic", "--item-id", "3", "--quantity", "3");
    assertThat(count(file, "--file-id", "take", "--date", "2025-09-20", "--json").out())
        .isEqualTo(
            "{\"ok\":true,\"lines\":4,\"made\":0,\"made_before\":4,\"corrected\":3,\"rejected\":0,"
                + "\"closings\":0,\"rejects\":[]}\n");
    assertThat(stockOf(3)).isEqualTo(30);
    assertThat(CountInvariants.counts(url))
        .extracting(CountInvariants.Row::requestId, CountInvariants.Row::note)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("take:000000000002", "shelf"),
            org.assertj.core.groups.Tuple.tuple("take:000000000003", ""),
            org.assertj.core.groups.Tuple.tuple("take:000000000004", "back room"),
            org.assertj.core.groups.Tuple.tuple("take:000000000006", ""));
    CountInvariants.check(url);
    assertThat(done("verify").out()).isEmpty();
  }

  @Test
  void aLineMayNameTheCodeTheDayTheMoveAndTheRequest() throws Exception {
    done("remove-stock-atomic", "--item-id", "5", "--quantity", "7", "--date", "2025-09-21");
    Path file =
        file(
            "counts.csv",
            "item_code,after_move,date,counted,request_id",
            "CODE-5,1,2025-09-21,48,five",
            " CODE-6 ,,,60,six",
            "CODE-7,0,2025-09-19,1,seven",
            "CODE-8,,2025-09-18,2,eight");
    assertThat(count(file, "--date", "2025-09-22").status()).isZero();
    assertThat(stockOf(5)).isEqualTo(41);
    assertThat(stockOf(6)).isEqualTo(60);
    assertThat(stockOf(7)).isEqualTo(71);
    assertThat(stockOf(8)).isEqualTo(82);
    assertThat(CountInvariants.count(url, "five").moveGiven()).isTrue();
    assertThat(CountInvariants.count(url, "six").date()).isEqualTo("2025-09-22");
    CountInvariants.check(url);
    // The single command has the same request.
    assertThat(
            done(
                    "count-stock",
                    "--item-id",
                    "5",
                    "--counted",
                    "48",
                    "--after-move",
                    "1",
                    "--date",
                    "2025-09-21",
                    "--request-id",
                    "five")
                .out())
        .isEqualTo("Counted 48 of item 5: 50 in the ledger, corrected by -2.\n");
  }

  @Test
  void linesThatAreRefusedOrFaultyAreNamedAndAllOthersAreMade() throws Exception {
    done("remove-stock-atomic", "--item-id", "5", "--quantity", "45", "--date", "2025-09-21");
    done("count-stock", "--item-id", "9", "--counted", "91", "--request-id", "used");
    Path file =
        file(
            "counts.csv",
            "item_id,counted,after_move,date,request_id",
            "1,9,,,one",
            "2,-1,,,two",
            "3,x,,,three",
            "4,1,,2025-02-31,four",
            "5,40,1,,five",
            "6,60,7,,six",
            "999,1,,,no-item",
            "7,70,,,begin:000000000008",
            "8,80,,,used",
            "9,90",
            "10,1,,,a b",
            ",1,,,none",
            "0,1,,,zero");
    Path rejects = folder.resolve("rejects.csv");
    StockCli.Result result = count(file, "--date", "2025-09-21", "--rejects", rejects.toString());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            """
            Line 3: Invalid counted: it must be at least 0.
            Line 4: Invalid counted: 'x' is not a whole number.
            Line 5: Invalid date: '2025-02-31' is not a date such as 2025-09-19.
            Line 6: Insufficient stock. Available: 5, Required: 10.
            Line 7: Item 6 has no move 7: its latest is move 1.
            Line 8: Unknown item 999. Register it with add-item.
            Line 9: Request id begin:000000000008 was used for another move: +70 of item 7 on\
             2025-09-19. If you mean that one, it is done; otherwise use a new request id.
            Line 10: Request id used was used for another count: 91 of item 9 on %s. If you mean that\
             one, it is done; otherwise use a new request id.
            Line 11: Invalid line: it has 2 fields; the header names 5.
            Line 12: Invalid request id: 'a b' is not a request id: 1 to 64 of the letters A-Z and a-z,\
             digits and . _ : -
            Line 13: Invalid item id: '' is not a whole number.
            Line 14: Invalid item id: it must be at least 1.
            """
                .formatted(CountInvariants.count(url, "used").date()));
    assertThat(result.out())
        .isEqualTo("Counted 13 lines: 1 made, 0 made before, 12 refused or faulty; 1 corrected.\n");
    assertThat(Files.readAllLines(rejects))
        .hasSize(13)
        .contains("\"Insufficient stock. Available: 5, Required: 10.\",5,40,1,2025-09-21,five");
    assertThat(stockOf(1)).isEqualTo(9);
    // A file without days: the rejects have the one that was said.
    Path undated = Files.writeString(folder.resolve("undated.csv"), "item_id,counted\n999,1\n5\n");
    assertThat(
            count(undated, "--file-id=shelf", "--date=2025-09-21", "--rejects=" + rejects).status())
        .isEqualTo(3);
    assertThat(rejects)
        .content()
        .isEqualTo(
            """
            reason,item_id,counted,date,request_id
            Unknown item 999. Register it with add-item.,999,1,2025-09-21,shelf:000000000002
            Invalid line: it has 1 field; the header names 2.,5,,2025-09-21,shelf:000000000003
            """);
    // Once corrected they can be counted again.
    Path corrected =
        Files.writeString(
            folder.resolve("corrected.csv"),
            "item_id,counted,after_move,date,request_id\n5,4,,,five\n");
    assertThat(count(corrected, "--date", "2025-09-21").status()).isZero();
    assertThat(stockOf(5)).isEqualTo(4);
    CountInvariants.check(url);
  }

  @Test
  void linesOfOneItemAreFaultyAllOfThemInEachRun() throws Exception {
    Path file = file("counts.csv", "item_id,counted", "1,9", "2,19", "01,8", "3,30", "+1,7");
    for (int run = 0; run < 2; run++) {
      StockCli.Result result = count(file, "--file-id", "take");
      assertThat(result.status()).isEqualTo(3);
      assertThat(result.err())
          .isEqualTo(
              """
              Line 2: line 4 is of the same item; which of the counts is right can't be known.
              Line 4: line 2 is of the same item; which of the counts is right can't be known.
              Line 6: line 2 is of the same item; which of the counts is right can't be known.
              """);
    }
    assertThat(stockOf(1)).isEqualTo(10);
    assertThat(stockOf(2)).isEqualTo(19);
    Path codes =
        file(
            "codes.csv", "item_code,counted,request_id", "CODE-3,1,a", "CODE-4,2,b", " CODE-3,3,c");
    assertThat(count(codes).err())
        .isEqualTo(
            """
            Line 2: line 4 is of the same item; which of the counts is right can't be known.
            Line 4: line 2 is of the same item; which of the counts is right can't be known.
            """);
    Path ids = file("ids.csv", "item_id,counted,request_id", "5,50,a", "6,60,b6", "7,70,a");
    assertThat(count(ids).err()).isEqualTo("Line 4: the request id is that of line 2.\n");
  }

  @Test
  void aDryRunShowsTheDifferencesAndChangesNothing() throws Exception {
    Path file = file("counts.csv", "item_id,counted", "1,9", "2,20", "3,31", "4,x");
    StockCli.Result result = count(file, "--file-id", "take", "--date", "2025-09-20", "--dry-run");
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                3,
                "1\t2025-09-20\t9\t10\t-1\t1\n3\t2025-09-20\t31\t30\t1\t1\n",
                """
                Line 5: Invalid counted: 'x' is not a whole number.
                Compared 4 lines: 2 differ from the ledger, 0 made before, 1 refused or faulty.
                """));
    assertThat(
            count(file, "--file-id", "take", "--date", "2025-09-20", "--dry-run", "--output", "csv")
                .out())
        .isEqualTo(
            """
            item_id,date,counted,ledger_stock,difference,after_move
            1,2025-09-20,9,10,-1,1
            3,2025-09-20,31,30,1,1
            """);
    assertThat(CountInvariants.counts(url)).isEmpty();
    assertThat(LedgerInvariants.moves(url)).hasSize(ITEMS);
  }

  @Test
  void filesThatAreNoCountsAreRefusedAsAWhole() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"item_id,quantity", "has an unknown column 'quantity'."},
          {"item_id", "has no column counted."},
          {"counted", "has neither a column item_id nor a column item_code."},
          {"counted,item_id,item_code", "has a column item_id and a column item_code."},
        }) {
      StockCli.Result result = count(file("wrong.csv", wrong[0]), "--file-id", "take");
      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains(wrong[1]);
    }
    Path file = file("counts.csv", "item_id,counted", "1,9", "2,\"3");
    assertThat(count(file, "--file-id", "take").status()).isEqualTo(2);
    assertThat(count(file).err()).contains("Give --file-id NAME");
    assertThat(CountInvariants.counts(url)).isEmpty();
  }

  @Test
  void lateCountsWriteStaleClosingsAgain() throws Exception {
    done("add-stock", "--item-id", "1", "--quantity", "1", "--date", "2025-09-20");
    done("run-batch", "--catch-up", "--date", "2025-09-20");
    Path file = file("counts.csv", "item_id,counted,date", "1,9,2025-09-19", "2,19,2025-09-19");
    assertThat(count(file, "--file-id", "take").err()).isEqualTo("Closings written again: 3.\n");
    CountInvariants.check(url);
  }
}
