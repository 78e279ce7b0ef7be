package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.WriteWatch;
import io.stockledger.ledger.item.NextNumbers;
import io.stockledger.ledger.item.UnnumberedItem;
import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items without numbers, and files of items. */
class AddItemIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db", "--no-initial-data").status()).isZero();
  }

  @Test
  void anItemTakesTheNextNumberOnce() {
    expect("add-item --item-code A --name Cup", "Successfully added item 1 (A, Cup).\n", "");
    expect(
        "add-item --item-id 40 --item-code B --name Bowl",
        "Successfully added item 40 (B, Bowl).\n",
        "");
    expect("add-item --item-code C --name Can", "Successfully added item 41 (C, Can).\n", "");
    List<String> before = LedgerDump.of(url);
    expect(
        "add-item --item-code A --name Cup",
        "Successfully added item 1 (A, Cup).\n",
        "A was already registered as item 1; nothing was changed.\n");
    assertThat(stock.line("add-item --item-code C --name Can --json").out())
        .isEqualTo("{\"ok\":true,\"item_id\":41,\"item_code\":\"C\",\"name\":\"Can\"}\n");
    assertThat(stock.line("add-item --item-code b --name Bowl"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "",
                "stock: Item 40 is already registered as B, Bowl. Choose another number and code.\n"));
    assertThat(stock.line("add-item --item-code A --name Mug").status()).isEqualTo(3);
    assertThat(stock.line("add-item --name Mug").err())
        .startsWith("stock: Missing required option: '--item-code=CODE'\n");
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void noNumberIsAfterTheLastOne() {
    String last = String.valueOf(Long.MAX_VALUE);
    assertThat(stock.line("add-item --item-id " + last + " --item-code Z --name Last").status())
        .isZero();
    assertThat(stock.line("add-item --item-code A --name Cup"))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                """
                stock: Invalid value for option '--item-id': an item has 9223372036854775807, and no\
                 number after it is free. Give the item a number.
                Try 'stock add-item --help'.
                """));
  }

  /** Each writer has a connection of its own, as a process has. */
  @Test
  void writersAtTheSameTimeTakeDifferentNumbers() throws Exception {
    int writers = 6;
    int items = 30;
    CyclicBarrier begin = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try (var database = TestLedger.open(url, writers)) {
      List<Future<List<Long>>> work = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        int writer = i;
        work.add(
            threads.submit(
                () -> {
                  NextNumbers numbers = new NextNumbers(database);
                  List<Long> taken = new ArrayList<>();
                  for (int item = 0; item < items; item++) {
                    begin.await(1, TimeUnit.MINUTES);
                    // One code is everybody's, the others are the writer's own.
                    String code = item == 7 ? "SHARED" : "W" + writer + "-" + item;
                    taken.add(
                        numbers
                            .addAll(List.of(new UnnumberedItem(code, "Cup")), new WriteWatch())
                            .get(0)
                            .item()
                            .itemId());
                  }
                  return taken;
                }));
      }
      List<Long> all = new ArrayList<>();
      List<Long> shared = new ArrayList<>();
      for (Future<List<Long>> taken : work) {
        List<Long> numbers = taken.get();
        shared.add(numbers.remove(7));
        all.addAll(numbers);
      }
      assertThat(shared.stream().distinct()).hasSize(1);
      all.add(shared.get(0));
      assertThat(all).doesNotHaveDuplicates().hasSize(writers * (items - 1) + 1);
      assertThat(stock.line("list-items").out().lines().map(line -> line.replaceAll("\t.*", "")))
          .containsExactlyInAnyOrderElementsOf(all.stream().map(String::valueOf).toList());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFileWithoutNumbersIsNumberedInItsOrder() throws IOException {
    assertThat(stock.line("add-item --item-id 7 --item-code X3 --name N3").status()).isZero();
    int lines = 2_500;
    Path file =
        file(
            "name,item_code\n"
                + IntStream.rangeClosed(1, lines)
                    .mapToObj(i -> "N" + i + ",X" + i)
                    .collect(Collectors.joining("\n"))
                + "\nN1,x1\nN1,X1\nOther,X2\n,X9999\n");
    String err =
        """
        Line 2502: Item 8 is already registered as X1, N1. Choose another number and code.
        Line 2504: Item 9 is already registered as X2, N2. Choose another number and code.
        Line 2505: Invalid name: it is empty.
        """;
    List<String> before = LedgerDump.of(url);
    assertThat(stock.run("add-item", "--file", file.toString(), "--dry-run"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Decided 2504 lines: 2499 would be registered, 2 registered before, 3 refused or faulty.\n",
                err));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    for (String counts :
        List.of("2499 registered, 2 registered before", "0 registered, 2501 registered before")) {
      assertThat(stock.run("add-item", "--file", file.toString()))
          .isEqualTo(
              new StockCli.Result(
                  3, "Imported 2504 lines: " + counts + ", 3 refused or faulty.\n", err));
    }
    assertThat(stock.line("list-items").out())
        .startsWith("7\tX3\tN3\n8\tX1\tN1\n9\tX2\tN2\n10\tX4\tN4\n")
        .endsWith("\n2506\tX2500\tN2500\n")
        .hasLineCount(lines);
  }

  @Test
  void aDryRunDecidesAsTheRunDoes() throws IOException {
    assertThat(stock.line("add-item --item-id 7 --item-code SEVEN --name Cup").status()).isZero();
    Path file =
        file(
            """
            item_id;item_code;name
            8;EIGHT;"Cup; big"
            8;EIGHT;"Cup; big"
            8;NINE;Cup
            9;eight;Cup
            7;SEVEN;Cup
            7;SEVEN;Mug
            0;ZERO;Cup
            10;SEVEN;Cup
            """);
    Path rejects = folder.resolve("rejects.csv");
    String[] words = {
      "add-item", "--file", file.toString(), "--delimiter", ";", "--rejects", rejects.toString()
    };
    String[] dryRun = Arrays.copyOf(words, words.length + 1);
    dryRun[words.length] = "--dry-run";
    List<String> before = LedgerDump.of(url);
    StockCli.Result planned = stock.run(dryRun);
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    String ofPlan = Files.readString(rejects);
    StockCli.Result done = stock.run(words);
    assertThat(planned.out())
        .isEqualTo(
            "Decided 8 lines: 1 would be registered, 2 registered before, 5 refused or faulty.\n");
    assertThat(done.out())
        .isEqualTo("Imported 8 lines: 1 registered, 2 registered before, 5 refused or faulty.\n");
    assertThat(planned.err()).isEqualTo(done.err());
    assertThat(Files.readString(rejects))
        .isEqualTo(ofPlan)
        .isEqualTo(
            """
            reason;item_id;item_code;name
            Item 8 is already registered as EIGHT, Cup; big. Choose another number and code.;8;NINE;Cup
            Item 8 is already registered as EIGHT, Cup; big. Choose another number and code.;9;eight;Cup
            Item 7 is already registered as SEVEN, Cup. Choose another number and code.;7;SEVEN;Mug
            Invalid item id: it must be at least 1.;0;ZERO;Cup
            Item 7 is already registered as SEVEN, Cup. Choose another number and code.;10;SEVEN;Cup
            """
                .replaceAll("(?m)^(Item 8 .*code\\.);", "\"$1\";"));
    assertThat(
            stock.run("add-item", "--file", rejects.toString(), "--delimiter", ";", "--json").out())
        .startsWith(
            "{\"ok\":false,\"lines\":5,\"registered\":0,\"registered_before\":0,\"rejected\":5,\"dry_run\":false,"
                + "\"rejects\":[{\"line\":2,\"reason\":\"item_exists\",\"message\":\"Item 8 is")
        .contains("{\"line\":5,\"reason\":\"faulty\",\"message\":\"Invalid item id: it must be");
    assertThat(stock.line("add-item --item-code A --name B --dry-run").err())
        .startsWith(
            "stock: Options '--ignore-columns', '--rejects' and '--dry-run' need '--file'.\n");
  }

  private void expect(String line, String out, String err) {
    assertThat(stock.line(line)).isEqualTo(new StockCli.Result(0, out, err));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("items.csv"), text);
  }
}
