package io.stockledger.benchmark;

import io.stockledger.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The part of the benchmark that measures what a short command takes from its start to its end:
 * {@code get-stock}, started in several ways, and where the time goes.
 */
final class StartBenchmark {
  private static final int WARM_UPS = 2;
  private static final long ITEM = 101;
  private static final List<String> GET_STOCK = List.of("get-stock", "--item-id", "" + ITEM);

  private static final String PLAIN = "`java -jar`, no option, no archive";
  private static final String FIRST_COMPILER = "`java -XX:TieredStopAtLevel=1 -jar`";
  private static final String SERIAL = "the same with `-XX:+UseSerialGC`";
  private static final String LAUNCHER = "`scripts/stock`";
  private static final String PYTHON = "`get_stock.py`";

  private static final Path SCRIPT =
      Path.of(System.getProperty("stock.script", "scripts/stock")).toAbsolutePath();
  private static final Path JAR =
      SCRIPT.resolveSibling("../target/stock-ledger.jar").normalize().toAbsolutePath();

  /**
   * The first class that each stretch of a command needs. The time of the stretch before it ends
   * when Java loads that class.
   */
  private static final Map<String, String> STRETCHES = stretches();

  private static final Pattern LOADED = Pattern.compile("\\[(\\d+\\.\\d+)s.*?\\] ([\\w.$]+) .*");

  private final ScratchLedger scratch;
  private final Report report;
  private final int runs;

  private StartBenchmark(ScratchLedger scratch, int runs, Report report) {
    this.scratch = scratch;
    this.runs = runs;
    this.report = report;
  }

  private static Map<String, String> stretches() {
    Map<String, String> stretches = new LinkedHashMap<>();
    stretches.put("Java's own start", "io.stockledger.Main");
    stretches.put(
        "the command line: picocli's classes, options, today's date",
        "io.stockledger.cli.connection.Configuration");
    stretches.put(
        "the configuration, and the URL as the driver reads it", "io.stockledger.db.SessionSource");
    stretches.put(
        "connecting: the driver's classes, handshake, settings",
        "io.stockledger.ledger.StockRepository");
    stretches.put("the query, and its result on stdout", "java.lang.Shutdown");
    return stretches;
  }

  static void run(int runs, Report report) throws Exception {
    try (ScratchLedger scratch = ScratchLedger.make()) {
      StartBenchmark benchmark = new StartBenchmark(scratch, runs, report);
      benchmark.makeArchive();
      benchmark.ways();
      benchmark.stretchesOfOneCommand();
    }
  }

  /** Makes the archive of classes before the first run, which would make it in the background. */
  private void makeArchive() throws Exception {
    ProcessBuilder maker = builder(List.of(SCRIPT.toString()));
    maker.environment().put("STOCK_MAKE_CLASS_ARCHIVE", "yes");
    maker.start().waitFor();
  }

  private void ways() throws Exception {
    Optional<PythonScript> python = PythonScript.find(SCRIPT.getParent());
    Turns turns =
        new Turns()
            .add(PLAIN, () -> seconds(java()))
            .add(FIRST_COMPILER, () -> seconds(java("-XX:TieredStopAtLevel=1")))
            .add(SERIAL, () -> seconds(java("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")))
            .add(LAUNCHER, () -> seconds(launcher()));
    if (python.isPresent()) {
      List<String> command = python.get().command(urlForPython(), ITEM);
      turns.add(PYTHON, () -> seconds(builder(command)));
    }
    Map<String, Double> medians = turns.medians(WARM_UPS, runs);
    report.text(
        "get-stock as a process of its own, on Java %s. Medians of %d runs that take turns:",
        System.getProperty("java.version"), runs);
    report.head("", "ms", "ratio to `java -jar`", "ratio to Python");
    medians.forEach(
        (way, seconds) ->
            report.row(
                way,
                Report.number(1_000 * seconds, 0),
                Report.number(seconds / medians.get(PLAIN), 2),
                python.isPresent() ? Report.number(seconds / medians.get(PYTHON), 2) : ""));
    report.end();
    report.text(
        "%s",
        python.isPresent()
            ? "`get_stock.py`: " + python.get().versions() + "."
            : "Without `get_stock.py`: Python 3 or its libraries are missing here.");
  }

  /** Returns the URL for SQLAlchemy. */
  private String urlForPython() {
    TestDatabase server = TestDatabase.server();
    String rest = scratch.ledger().url().replaceFirst("jdbc:mysql://", "");
    return "mysql+mysqlconnector://"
        + server.user()
        + (server.password().isEmpty() ? "" : ":" + server.password())
        + "@"
        + rest;
  }

  private void stretchesOfOneCommand() throws Exception {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    File log = Files.createTempFile("stock-classes", ".log").toFile();
    try {
      for (int run = 0; run < WARM_UPS + runs; run++) {
        ProcessBuilder command = launcher();
        command
            .environment()
            .put("STOCK_JAVA_OPTS", "-Xlog:class+load=info:file=" + log + ":uptime");
        double whole = seconds(command);
        if (run >= WARM_UPS) {
          stretches(log.toPath(), whole)
              .forEach(
                  (name, seconds) ->
                      all.computeIfAbsent(name, key -> new ArrayList<>()).add(seconds));
        }
      }
    } finally {
      Files.delete(log.toPath());
    }
    report.text(
        "Where the time of `scripts/stock get-stock` goes, by the moments at which Java loads the"
            + " first class of each stretch; writing them to a file makes the command a little"
            + " slower. Medians of %d runs:",
        runs);
    report.head("", "ms");
    all.forEach(
        (name, seconds) -> report.row(name, Report.number(1_000 * Turns.median(seconds), 0)));
    report.end();
  }

  private static Map<String, Double> stretches(Path log, double whole) throws IOException {
    Map<String, Double> moments = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .map(LOADED::matcher)
          .filter(Matcher::matches)
          .forEach(line -> moments.putIfAbsent(line.group(2), Double.valueOf(line.group(1))));
    }
    Map<String, Double> seconds = new LinkedHashMap<>();
    double before = 0;
    for (Map.Entry<String, String> stretch : STRETCHES.entrySet()) {
      double moment = moments.get(stretch.getValue());
      seconds.put(stretch.getKey(), moment - before);
      before = moment;
    }
    seconds.put("the launcher script, and Java's end", whole - before);
    return seconds;
  }

  private ProcessBuilder java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(GET_STOCK);
    return builder(command);
  }

  private ProcessBuilder launcher() {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(GET_STOCK);
    return builder(command);
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("STOCK_DB_URL", scratch.ledger().url());
    builder.environment().put("STOCK_DB_USER", TestDatabase.server().user());
    builder.environment().put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    builder.environment().remove("STOCK_JAVA_OPTS");
    return builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT);
  }

  private static double seconds(ProcessBuilder command) throws Exception {
    return Turns.seconds(
        () -> {
          int status = command.start().waitFor();
          if (status != 0) {
            throw new IllegalStateException(command.command() + " ended with status " + status);
          }
        });
  }
}
