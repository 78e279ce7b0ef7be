package io.stockledger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command in its own process to check locales, pipes and signals. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostileProcessIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** More lines than a pipe and a buffer hold, so that the writer notices a closed pipe. */
  private static final int ENOUGH_TO_FILL_A_PIPE = 5_000;

  private static final String COULD_NOT_WRITE =
      "stock: Could not write the result: No space left on device\n";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private File folder;

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
  }

  @Test
  void outputIsUtf8WhateverTheLocale() throws Exception {
    for (String locale : List.of("C", "C.UTF-8", "no_SUCH")) {
      ProcessBuilder command = command("list-items");
      command.environment().put("LC_ALL", locale);
      Process process = command.start();
      assertThat(process.getInputStream().readAllBytes())
          .isEqualTo("101\tSAKE-101\t純米大吟醸 720ml\n".getBytes(UTF_8));
      assertThat(process.waitFor()).isZero();
      assertThat(err()).isEmpty();
    }
  }

  /** Java replaces bytes that the locale can't decode, so the command can't restore the name. */
  @Test
  void nameThatTheLocaleCannotDecodeIsRefused() throws Exception {
    List<String> shell = new ArrayList<>();
    shell.addAll(List.of("sh", "-c", "exec \"$@\" --name=\"$(printf '\\347\\264\\224')\"", "sh"));
    ProcessBuilder command = command("add-item", "--item-id=7", "--item-code=A");
    shell.addAll(command.command());
    command.command(shell).environment().put("LC_ALL", "C");
    assertThat(command.start().waitFor()).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "stock: Invalid value for option '--name': it has characters that could not be read."
                + " Use a UTF-8 locale, such as LC_ALL=C.UTF-8.\nTry 'stock add-item --help'.\n");

    command.environment().put("LC_ALL", "C.UTF-8");
    assertThat(command.start().waitFor()).isZero();
    assertThat(stock.run("list-items").out()).startsWith("7\tA\t純\n");
  }

  @Test
  void closedPipeIsNoError() throws Exception {
    addItems(5000);
    Process process = command("list-items").start();
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      assertThat(reader.readLine()).isEqualTo("101\tSAKE-101\t純米大吟醸 720ml");
    }
    assertThat(process.waitFor()).isZero();
    assertThat(err()).isEmpty();
  }

  @Test
  void aReaderOfAListThatStopsEarlyIsNoError() throws Exception {
    addItemsWithMoves(ENOUGH_TO_FILL_A_PIPE, 5);
    assertThat(stock.line("run-batch --date=2025-09-19").status()).isZero();
    Map<String, String> firstLines =
        Map.of(
            "export", "item_id,date,quantity,request_id,line,note,hold",
            "list-stock", "101\tSAKE-101\t純米大吟醸 720ml\t100",
            "daily-summary --date=2025-09-19 --output=csv",
                "date,item_id,item_code,name,additions,removals,moves,sum",
            "daily-summary --date=2025-09-19 --output=json",
                "{\"date\":\"2025-09-19\",\"item_id\":101,\"item_code\":\"SAKE-101\","
                    + "\"name\":\"純米大吟醸 720ml\",\"additions\":100,\"removals\":0,"
                    + "\"moves\":1,\"sum\":100}");
    for (Map.Entry<String, String> list : firstLines.entrySet()) {
      Process process = command(list.getKey().split(" ")).start();
      assertThat(firstLine(process)).isEqualTo(list.getValue());
      assertThat(process.waitFor()).as("%s", list).isZero();
      assertThat(err()).as("%s", list).isEmpty();
    }
    Process process = command("list-closings", "--date=2025-09-19").start();
    assertThat(firstLine(process)).startsWith("101\t100\t1\t");
    assertThat(process.waitFor()).isZero();
    assertThat(err()).isEmpty();
  }

  @Test
  void aListThatCanNotBeWrittenIsReported() throws Exception {
    addItemsWithMoves(ENOUGH_TO_FILL_A_PIPE, 5);
    for (String line :
        List.of(
            "export",
            "list-stock",
            "list-moves --item-id=101",
            "list-moves --request-id=initial-data",
            "daily-summary --date=2025-09-19 --output=csv",
            "daily-summary --date=2025-09-19 --output=json")) {
      assertThat(withFullStdout(line).waitFor()).as(line).isEqualTo(1);
      assertThat(err()).as(line).isEqualTo(couldNotWrite(line, 1));
    }
  }

  @Test
  void failedOutputIsReportedOnce() throws Exception {
    for (String line : List.of("list-items", "list-items --help", "--version")) {
      assertThat(withFullStdout(line).waitFor()).as(line).isEqualTo(1);
      assertThat(err()).as(line).isEqualTo(COULD_NOT_WRITE);
    }
    addItems(5000);
    assertThat(withFullStdout("list-items").waitFor()).isEqualTo(1);
    assertThat(err()).isEqualTo(COULD_NOT_WRITE);
    // A refusal keeps its exit status.
    assertThat(withFullStdout("remove-stock-check --item-id=101 --quantity=101").waitFor())
        .isEqualTo(3);
    assertThat(err()).isEqualTo(COULD_NOT_WRITE);
  }

  /** As in `run-batch | head -1`: the reader is gone, but the batch writes all closings. */
  @Test
  void batchWritesAllClosingsWhenItsReaderClosesThePipe() throws Exception {
    addItemsWithMoves(ENOUGH_TO_FILL_A_PIPE, 5);
    Process process = command("run-batch", "--date=2025-09-19").start();
    assertThat(firstLine(process)).isEqualTo("Closing stock of item 101 on 2025-09-19: 100");
    assertThat(process.waitFor()).isZero();
    assertThat(err()).isEmpty();
    assertThat(closings()).isEqualTo(ENOUGH_TO_FILL_A_PIPE + 1);
  }

  @Test
  void batchWritesAllClosingsWhenItsOutputFails() throws Exception {
    addItemsWithMoves(ENOUGH_TO_FILL_A_PIPE, 5);
    assertThat(withFullStdout("run-batch --date=2025-09-19").waitFor()).isEqualTo(1);
    assertThat(err()).isEqualTo(COULD_NOT_WRITE);
    assertThat(closings()).isEqualTo(ENOUGH_TO_FILL_A_PIPE + 1);
  }

  @Test
  void batchWritesAllClosingsWithoutStdoutOrStderr() throws Exception {
    addItemsWithMoves(ENOUGH_TO_FILL_A_PIPE, 5);
    Process withoutStdout = closed(">&-", "run-batch", "--date=2025-09-19").start();
    assertThat(withoutStdout.waitFor()).isEqualTo(1);
    assertThat(err()).startsWith("stock: Could not write the result: ");
    assertThat(closings()).isEqualTo(ENOUGH_TO_FILL_A_PIPE + 1);

    TestDatabase.server().execute(url, "DELETE FROM stock_moves_history");
    Process withoutStderr = closed("2>&-", "run-batch", "--date=2025-09-19").start();
    assertThat(withoutStderr.inputReader(UTF_8).lines()).hasSize(ENOUGH_TO_FILL_A_PIPE + 1);
    assertThat(withoutStderr.waitFor()).isZero();
    assertThat(closings()).isEqualTo(ENOUGH_TO_FILL_A_PIPE + 1);

    TestDatabase.server().execute(url, "DELETE FROM stock_moves_history");
    ProcessBuilder fullStderr = command("run-batch", "--date=2025-09-19");
    fullStderr.redirectError(new File("/dev/full"));
    Process process = fullStderr.start();
    assertThat(process.inputReader(UTF_8).lines()).hasSize(ENOUGH_TO_FILL_A_PIPE + 1);
    assertThat(process.waitFor()).isZero();
    assertThat(closings()).isEqualTo(ENOUGH_TO_FILL_A_PIPE + 1);
  }

  /** Returns what stderr has in the form that the line asks for. */
  private static String couldNotWrite(String line, int status) {
    return line.contains("json")
        ? "{\"error\":\"output_lost\",\"message\":\""
            + COULD_NOT_WRITE.strip().substring("stock: ".length())
            + "\",\"status\":"
            + status
            + "}\n"
        : COULD_NOT_WRITE;
  }

  /** As in `verify | head -1`: findings that can't be printed still set the exit status. */
  @Test
  void findingsDecideTheStatusWhenTheOutputFails() throws Exception {
    addItemsWithMoves(ENOUGH_TO_FILL_A_PIPE, 6);
    String verify = Server.current().verify("verify");
    for (String line : List.of(verify, verify + " --json")) {
      Process process = command(line.split(" ", -1)).start();
      assertThat(firstCharacters(process)).as(line).isNotEmpty();
      assertThat(process.waitFor()).as(line).isEqualTo(4);
      assertThat(err()).as(line).isEmpty();

      assertThat(withFullStdout(line).waitFor()).as(line).isEqualTo(4);
      assertThat(err()).as(line).isEqualTo(couldNotWrite(line, 4));
    }
  }

  @Test
  void failedOutputOfARaceIsReported() throws Exception {
    String race = "race --strategy=compare-and-append --threads=2 --stock=4 --runs=1";
    for (String line : List.of(race, race + " --json")) {
      File csv = new File(folder, "race.csv");
      assertThat(withFullStdout(line + " --csv=" + csv).waitFor()).as(line).isEqualTo(1);
      assertThat(err()).as(line).startsWith("Run 1 of 1, ").endsWith("\n" + couldNotWrite(line, 1));
      assertThat(csv).as(line).isNotEmpty();
      Files.delete(csv.toPath());
    }
  }

  @Test
  void failedOutputOfASummaryIsReported() throws Exception {
    assertThat(withFullStdout("daily-summary --date=2025-09-19").waitFor()).isEqualTo(1);
    assertThat(err()).isEqualTo(COULD_NOT_WRITE);
  }

  @Test
  void longArgumentIsCutInTheMessage() throws Exception {
    Process process =
        command("add-stock", "--item-id=101", "--quantity=" + "9".repeat(130_000)).start();
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "stock: Invalid value for option '--quantity': '"
                + "9".repeat(80)
                + "…' is above 9223372036854775807.\nTry 'stock add-stock --help'.\n");
  }

  @Test
  void endOfInputAnswersTheQuestionWithNo() throws Exception {
    ProcessBuilder command = command("setup-db", "--reset");
    command.redirectInput(new File("/dev/null"));
    assertThat(command.start().waitFor()).isEqualTo(1);
    assertThat(err()).endsWith("Type yes to go on: \nstock: Nothing was changed.\n");
    assertThat(stock.line("get-stock --item-id=101 --date=2025-09-19").out()).endsWith(": 100\n");
  }

  @Test
  void interruptDuringAWaitLeavesNothingHalfDone() throws Exception {
    for (String move : List.of("add-stock", "remove-stock-check", "remove-stock-atomic")) {
      long stockBefore = interruptWhileWaiting(move);
      try (Connection connection = TestDatabase.server().connect(url);
          Statement statement = connection.createStatement()) {
        long made =
            number(statement, "SELECT COUNT(*) FROM stock_moves WHERE request_id = '" + move + "'");
        assertThat(made).isBetween(0L, 1L);
        assertThat(number(statement, "SELECT SUM(stock_increment) FROM stock_moves"))
            .isEqualTo(stockBefore + made * (move.equals("add-stock") ? 5 : -5));
        assertThat(number(statement, "SELECT MAX(move_no) - COUNT(*) FROM stock_moves")).isZero();
        assertThat(
                number(
                    statement,
                    """
                    SELECT COUNT(*) FROM stock_moves AS move WHERE stock_after <> (
                      SELECT SUM(stock_increment) FROM stock_moves AS earlier
                      WHERE earlier.move_no <= move.move_no)
                    """))
            .isZero();
      }
      // However often the request is sent again with its id, the move is made once.
      String again = move + " --item-id=101 --quantity=5 --date=2025-09-20 --request-id=" + move;
      assertThat(stock.line(again).status()).isZero();
      assertThat(stock.line(again).status()).isZero();
      assertThat(stock.line("get-stock --item-id=101").out())
          .endsWith(": " + (stockBefore + (move.equals("add-stock") ? 5 : -5)) + "\n");
    }
  }

  /**
   * Interrupts a command that waits because another session has inserted the same move number and
   * has not committed. Returns the stock before the command.
   */
  private long interruptWhileWaiting(String move) throws Exception {
    try (Connection other = TestDatabase.server().connect(url);
        Statement statement = other.createStatement()) {
      long stockBefore = number(statement, "SELECT SUM(stock_increment) FROM stock_moves");
      other.setAutoCommit(false);
      statement.execute(
          """
          INSERT INTO stock_moves
            (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
          SELECT 101, 1, '2025-09-20', MAX(move_no) + 1, 1, '2025-09-20', 'other' FROM stock_moves
          """);
      ProcessBuilder command =
          command(
              move, "--item-id=101", "--quantity=5", "--date=2025-09-20", "--request-id=" + move);
      List<String> words = new ArrayList<>(withDefaultInterrupt());
      words.addAll(command.command());
      Process process = command.command(words).start();
      await(1, "INFO LIKE 'INSERT INTO stock_moves%'");
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertThat(process.waitFor()).isEqualTo(130);
      assertThat(process.getInputStream().readAllBytes()).isEmpty();
      assertThat(err()).isEmpty();
      other.rollback();
      // Wait until the server has ended the session of the interrupted process.
      await(0, "ID <> " + number(statement, "SELECT CONNECTION_ID()"));
      return stockBefore;
    }
  }

  /**
   * Returns the start of a command line that restores SIGINT: background jobs of a shell ignore
   * this signal, and their child processes inherit that.
   */
  private static List<String> withDefaultInterrupt() throws IOException, InterruptedException {
    List<String> prefix = List.of("env", "--default-signal=INT");
    ProcessBuilder attempt = new ProcessBuilder(new ArrayList<>(prefix));
    attempt.command().add("true");
    attempt.redirectErrorStream(true);
    Process process = attempt.start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0 ? prefix : List.of();
  }

  /** Waits until exactly {@code sessions} other sessions of the schema meet the condition. */
  private void await(long sessions, String condition) throws SQLException {
    long begun = System.nanoTime();
    String sql =
        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.PROCESSLIST WHERE DB = '"
            + url.substring(url.lastIndexOf('/') + 1)
            + "' AND ID <> CONNECTION_ID() AND "
            + condition;
    try (Connection connection = TestDatabase.server().connect(TestDatabase.server().url());
        Statement statement = connection.createStatement()) {
      while (number(statement, sql) != sessions) {
        assertThat(System.nanoTime() - begun).as(sql).isLessThan(DEADLINE.toNanos());
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private void addItems(int count) {
    TestDatabase.server()
        .execute(
            url,
            LongStream.range(1000, 1000 + count)
                .mapToObj(id -> "(%d, 'CODE-%d', '純米大吟醸', 'code-%d')".formatted(id, id, id))
                .collect(
                    Collectors.joining(
                        ", ",
                        "INSERT INTO items (item_id, item_code, name, code_identity) VALUES ",
                        "")));
  }

  /** Adds items with one move of +5 each; {@code stockAfter} is right if it is 5. */
  private void addItemsWithMoves(int count, long stockAfter) {
    addItems(count);
    TestDatabase.server()
        .execute(
            url,
            LongStream.range(1000, 1000 + count)
                .mapToObj(
                    id ->
                        String.format(
                            Locale.ROOT,
                            "(%d, 5, '2025-09-19', 1, %d, '2025-09-19', 'request-%d')",
                            id,
                            stockAfter,
                            id))
                .collect(
                    Collectors.joining(
                        ", ",
                        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no,"
                            + " stock_after, book_date, request_id) VALUES ",
                        "")));
  }

  private long closings() throws SQLException {
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement()) {
      return number(
          statement,
          """
          SELECT COUNT(*) FROM stock_moves_history
          WHERE move_no = 1 AND sum_stock_increment IN (5, 100)
          """);
    }
  }

  /** Reads one line and closes the pipe. */
  private static String firstLine(Process process) throws IOException {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      return reader.readLine();
    }
  }

  /** Reads some characters and closes the pipe. */
  private static String firstCharacters(Process process) throws IOException {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      char[] characters = new char[80];
      return new String(characters, 0, reader.read(characters));
    }
  }

  /** Returns a command that a shell starts with the redirection, such as a closed stdout. */
  private ProcessBuilder closed(String redirection, String... arguments) {
    ProcessBuilder command = command(arguments);
    List<String> shell = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" " + redirection, "sh"));
    shell.addAll(command.command());
    return command.command(shell);
  }

  /** Starts a command whose stdout has no space left. */
  private Process withFullStdout(String line) throws IOException {
    return command(line.split(" ", -1)).redirectOutput(new File("/dev/full")).start();
  }

  private ProcessBuilder command(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(System.getProperty("java.home") + "/bin/java");
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    words.add("io.stockledger.Main");
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(new File(folder, "err"));
    Map<String, String> environment = builder.environment();
    // If one of these variables is set, Java prints a line about it on stderr.
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("STOCK_DB_URL", url);
    environment.put("STOCK_DB_USER", TestDatabase.server().user());
    environment.put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    return builder;
  }

  private String err() throws IOException {
    return StockCli.Result.withoutTiflashNotice(Files.readString(new File(folder, "err").toPath()));
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
