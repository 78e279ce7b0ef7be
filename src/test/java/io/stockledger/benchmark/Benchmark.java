package io.stockledger.benchmark;

import io.stockledger.ledger.AppendBenchmark;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code scripts/benchmark}, which prints the tables of docs/performance.md as
 * Markdown.
 */
@Command(
    name = "scripts/benchmark",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the ledger and prints Markdown. Compared variants take turns in one run; the"
          + " figures are medians.",
      "length: the effect of the number of moves on a day. writers: the throughput of separate"
          + " writers of one item. groups: the best number of moves per statement. rivals: sales of"
          + " one item, of one of 1,000 items and orders of 3 of 50 items, beside what locks do.",
      "closing: run-batch of a day against the PoC's statement. span: run-batch of several days"
          + " against one SELECT. import: import against LOAD DATA. count: counting items by a file"
          + " against importing a move of each. scale: time and memory of the commands on a large"
          + " ledger. start: get-stock as a process of its own, started in"
          + " several ways, and a Python script that does the same. shell: two days of commands,"
          + " as processes and through one stock shell. stream: requests through stock stream, at a"
          + " pipe and at a socket, beside locks and calls of the library.",
      "Without --url, starts an embedded MariaDB. With --url, creates a schema on that server and"
          + " drops it at the end."
    })
public final class Benchmark implements Callable<Integer> {
  enum Part {
    LENGTH,
    WRITERS,
    GROUPS,
    RIVALS,
    CLOSING,
    SPAN,
    IMPORT,
    COUNT,
    SCALE,
    START,
    SHELL,
    STREAM
  }

  @Option(names = "--url", description = "A server, such as jdbc:mysql://127.0.0.1:4000/")
  private String url;

  @Option(
      names = "--user",
      defaultValue = "root",
      description = "User of the server. Default: root")
  private String user;

  @Option(
      names = "--part",
      split = ",",
      description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all")
  private List<Part> parts = List.of(Part.values());

  @Option(
      names = "--writers",
      split = ",",
      defaultValue = "1,8,32,128",
      description = "Numbers of separate writers. Default: ${DEFAULT-VALUE}")
  private List<Integer> writers;

  @Option(
      names = "--removals",
      defaultValue = "2000",
      description = "Number of removals per run. Default: ${DEFAULT-VALUE}")
  private int removals;

  @Option(
      names = "--buyers",
      split = ",",
      defaultValue = "32",
      description = "rivals: numbers of threads that buy. Default: ${DEFAULT-VALUE}")
  private List<Integer> buyers;

  @Option(
      names = "--stock",
      defaultValue = "20000",
      description = "rivals: units of the one item. Default: ${DEFAULT-VALUE}")
  private long stock;

  @Option(
      names = "--stock-of-each",
      defaultValue = "2000",
      description = "rivals: units of each of many items. Default: ${DEFAULT-VALUE}")
  private long stockOfEach;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Number of runs. Default: ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--start-runs",
      defaultValue = "21",
      description = "start, shell: number of runs. Default: ${DEFAULT-VALUE}")
  private int startRuns;

  @Option(
      names = "--streamed",
      defaultValue = "500000",
      description = "stream: requests of one client at a pipe. Default: ${DEFAULT-VALUE}")
  private int streamed;

  @Option(
      names = "--long-day",
      defaultValue = "100000",
      description = "Number of moves on the long day. Default: ${DEFAULT-VALUE}")
  private int longDay;

  @Mixin private Sizes sizes;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Benchmark())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (url != null) {
      System.setProperty("stock.test.database", "server");
      System.setProperty("stock.test.url", url);
      System.setProperty("stock.test.user", user);
    } else {
      giveMemory();
    }
    if (parts.contains(Part.LENGTH)) {
      length();
    }
    if (parts.contains(Part.WRITERS) || parts.contains(Part.GROUPS)) {
      appends();
    }
    Report report = new Report(System.out);
    if (parts.contains(Part.RIVALS)) {
      for (int count : buyers) {
        RivalsBenchmark.run(count, stock, stockOfEach, runs, report);
      }
    }
    if (parts.contains(Part.CLOSING)) {
      ClosingBenchmark.run(sizes.closing(), runs, report);
    }
    if (parts.contains(Part.SPAN)) {
      SpanBenchmark.run(sizes.span(), runs, report);
    }
    if (parts.contains(Part.IMPORT)) {
      ImportBenchmark.run(sizes.importOfManyItems(), sizes.importOfOneItem(), runs, report);
    }
    if (parts.contains(Part.COUNT)) {
      CountBenchmark.run(sizes.items(), runs, report);
    }
    if (parts.contains(Part.SCALE)) {
      ScaleBenchmark.run(sizes, sizes.scaleRuns(), report);
    }
    if (parts.contains(Part.START)) {
      StartBenchmark.run(startRuns, report);
    }
    if (parts.contains(Part.SHELL)) {
      ShellBenchmark.run(startRuns, report);
    }
    if (parts.contains(Part.STREAM)) {
      StreamBenchmark.run(streamed, runs, report);
    }
    return 0;
  }

  /** The 128 MB that the embedded server has by itself hold half a million moves. */
  private static void giveMemory() {
    TestDatabase server = TestDatabase.server();
    server.execute(
        server.newSchema(),
        "SET GLOBAL innodb_buffer_pool_size = 1024 * 1024 * 1024",
        "SET GLOBAL innodb_log_file_size = 1024 * 1024 * 1024");
  }

  private void length() throws Exception {
    try (ScratchLedger scratch = ScratchLedger.make()) {
      System.out.println("Medians of 500 turns, a day of 100 moves compared with a long day:\n");
      LedgerLengthBenchmark.run(scratch.ledger(), 100, longDay, 500);
    }
  }

  private void appends() throws Exception {
    try (ScratchLedger scratch = ScratchLedger.make()) {
      AppendBenchmark appends = new AppendBenchmark(scratch.ledger(), System.out, runs);
      if (parts.contains(Part.WRITERS)) {
        System.out.println("Removals per second (p99 in ms), one item, separate writers:\n");
        appends.separateWriters(writers, removals);
      }
      if (parts.contains(Part.GROUPS)) {
        System.out.println("One writer, one item:\n");
        appends.groupSizes();
      }
    }
  }
}
