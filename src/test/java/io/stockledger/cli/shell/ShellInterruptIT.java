package io.stockledger.cli.shell;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stockledger.db.Sql;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.PseudoTerminal;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C at the terminal of a shell, while a command runs. */
class ShellInterruptIT {
  private static final String BRACKETED_PASTE_ON = "\u001b[?2004h";

  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static final String RACE =
      "race --strategy conditional-update --stock 1000000000 --threads 4 --order-table";

  private static final String RACE_TABLES =
      """
      SELECT COUNT(*) FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name LIKE 'race_%'
      """;

  private static final String ORDERS =
      """
      SELECT COUNT(*) FROM (SELECT 1 FROM race_order WHERE item_id = 2 LIMIT 1) AS one
      """;

  private final String url = TestDatabase.server().newSchema();
  private final String prompt =
      "stock " + url.replaceFirst("[?].*", "").replaceFirst(".*/", "") + "> ";
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void setUp() throws InterruptedException {
    assumeThat(PseudoTerminal.isThere()).as("script is installed").isTrue();
    assertThat(stock.run("setup-db").status()).isZero();
  }

  private PseudoTerminal shell(String ofUrl) throws IOException, InterruptedException {
    PseudoTerminal shell = stockAtTerminal(ofUrl, "shell");
    shell.await(prompt);
    return shell;
  }

  private PseudoTerminal stockAtTerminal(String ofUrl, String... arguments) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.stockledger.Main"));
    words.addAll(List.of(arguments));
    return new PseudoTerminal(
        words,
        Map.of(
            "STOCK_DB_URL", ofUrl,
            "STOCK_DB_USER", TestDatabase.server().user(),
            "STOCK_DB_PASSWORD", TestDatabase.server().password(),
            "XDG_STATE_HOME", folder.toString(),
            "LC_ALL", "C.UTF-8"));
  }

  private void expectToGoOn(PseudoTerminal shell) throws IOException, InterruptedException {
    shell.await(prompt);
    shell.type("get-stock --item-id 101 --date 2025-09-19\r");
    shell.await("Calculated stock for item 101 on 2025-09-19: 100");
    shell.await(prompt);
    shell.type("exit\r");
    assertThat(shell.status()).isZero();
  }

  @Test
  void aRaceRemovesItsTablesAndTheShellGoesOn() throws Exception {
    try (PseudoTerminal shell = shell(url)) {
      shell.type(
          "race --strategy conditional-update --stock 1000000000 --threads 4 --order-table\r");
      awaitNumber(1, ORDERS);
      shell.type(PseudoTerminal.CONTROL_C);
      shell.await(
          "stock: The race was stopped. No run was finished; the tables of the race are gone.");
      awaitNumber(0, RACE_TABLES);
      expectToGoOn(shell);
    }
  }

  @Test
  void aStatementThatWaitsIsStoppedAndChangesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), moves(101));
    List<String> lines =
        List.of(
            "add-stock --item-id 101 --quantity 5 --date 2025-09-20",
            "remove-stock-check --item-id 101 --quantity 5 --date 2025-09-20",
            "remove-stock-atomic --item-id 101 --quantity 5 --date 2025-09-20",
            "import " + file);
    try (Connection other = TestDatabase.server().connect(url);
        Statement blocker = other.createStatement();
        PseudoTerminal shell = shell(url)) {
      other.setAutoCommit(false);
      blocker.execute(
          """
          INSERT INTO stock_moves
            (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
          VALUES (101, 1, '2025-09-20', 2, 101, '2025-09-20', 'other')
          """);
      for (String line : lines) {
        shell.type(line + "\r");
        awaitWaiting();
        shell.type(PseudoTerminal.CONTROL_C);
        shell.await("The command was interrupted; its last statement changed nothing.");
        shell.await(prompt);
      }
      other.rollback();
      shell.type("list-moves --item-id 101\r");
      assertThat(shell.await(prompt)).contains("initial-data").doesNotContain("2025-09-20");
      shell.type("exit\r");
      assertThat(shell.status()).isZero();
    }
    assertThat(stock.line("list-moves --item-id 101").out().lines()).hasSize(1);
  }

  @Test
  void aQuestionIsAnsweredWithNo() throws Exception {
    try (PseudoTerminal shell = shell(url)) {
      shell.type("setup-db --reset\r");
      shell.await("Type yes to go on: ");
      shell.type(PseudoTerminal.CONTROL_C);
      shell.await("stock: Nothing was changed.");
      expectToGoOn(shell);
    }
  }

  @Test
  void linesThatAreTypedForAnImportAreDropped() throws Exception {
    try (PseudoTerminal shell = shell(url)) {
      shell.type("import -\r");
      shell.type(moves(101).replace('\n', '\r'));
      shell.await("line-1");
      // JLine's first output of each line, which it writes once it has its handler of Ctrl-C.
      shell.await(BRACKETED_PASTE_ON);
      shell.type(PseudoTerminal.CONTROL_C);
      shell.await("Ctrl-C was pressed");
      expectToGoOn(shell);
    }
    assertThat(stock.line("list-moves --item-id 101").out().lines()).hasSize(1);
  }

  @Test
  void aScriptEndsWithItsCommand() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), RACE + "\nget-stock --item-id 101\n");
    try (PseudoTerminal shell = stockAtTerminal(url, "shell", script.toString())) {
      awaitNumber(1, ORDERS);
      shell.type(PseudoTerminal.CONTROL_C);
      shell.await("the tables of the race are gone.");
      assertThat(shell.status()).isEqualTo(130);
    }
    awaitNumber(0, RACE_TABLES);
  }

  /** A command that can't be ended: its statement never reaches the server. */
  @Test
  void oneMoreEndsTheProcess() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (FaultProxy proxy = FaultProxy.startBefore(url);
        PseudoTerminal shell = shell(proxy.url(url))) {
      Rule held = proxy.when(statement("INSERT INTO stock_moves")).then(Actions.holdRequest(never));
      Rule stopped = proxy.when(statement("KILL QUERY")).then(Actions.pass());
      shell.type("add-stock --item-id 101 --quantity 5 --date 2025-09-20\r");
      awaitFired(held);
      shell.type(PseudoTerminal.CONTROL_C);
      awaitFired(stopped);
      shell.type(PseudoTerminal.CONTROL_C);
      assertThat(shell.status()).isEqualTo(130);
    } finally {
      never.countDown();
    }
  }

  private static String moves(long itemId) {
    return "item_id,date,quantity,request_id\n" + itemId + ",2025-09-20,5,line-1\n";
  }

  private void awaitWaiting() throws SQLException {
    awaitNumber(
        1,
        "SELECT COUNT(*) > 0 FROM INFORMATION_SCHEMA."
            + Server.current().processList()
            + " WHERE DB = DATABASE() AND INFO LIKE 'INSERT INTO stock_moves%'");
  }

  private static void awaitFired(Rule rule) {
    long begun = System.nanoTime();
    while (rule.timesFired() == 0) {
      assertThat(System.nanoTime() - begun).isLessThan(DEADLINE.toNanos());
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void awaitNumber(long expected, String question) throws SQLException {
    long begun = System.nanoTime();
    try (Connection connection = TestDatabase.server().connect(url)) {
      while (!isAnswered(connection, expected, question)) {
        assertThat(System.nanoTime() - begun).as(question).isLessThan(DEADLINE.toNanos());
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  /** The table of the question may not be there yet. */
  private static boolean isAnswered(Connection connection, long expected, String question) {
    try {
      return Sql.number(connection, question) == expected;
    } catch (SQLException e) {
      return false;
    }
  }
}
