package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of privileges in docs/operating.md: with SELECT on the ledger and the privileges of a
 * row, the commands of the row work; with SELECT alone the first of them does not.
 */
@RunsOn(
    value = {Server.MARIADB, Server.MYSQL},
    reason = "On TiDB the database of a user who may not ALTER has no copies.")
class DocumentedPrivilegesIT {
  private static final Path DOCUMENT = Path.of("docs/operating.md");
  private static final String USER = "documented";
  private static final String MOVES = "all commands that make moves";
  private static final String HOLDS =
      "`hold-stock`, `commit-hold`, `release-hold`, `reverse-move` of a hold, `import --restore`";

  private static final Pattern GRANT =
      Pattern.compile("([A-Z]+(?:, [A-Z]+)*) on (the database|`[a-z_]+`(?: and `[a-z_]+`)*)");

  @TempDir private Path folder;

  private static ServerWithUsers server;

  private String schema;
  private StockCli root;

  @BeforeAll
  static void start() throws IOException, InterruptedException, SQLException {
    server = ServerWithUsers.start();
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    server.close();
  }

  @BeforeEach
  void makeUser() {
    schema = server.newSchema();
    server.execute("DROP USER IF EXISTS " + USER);
    server.execute("CREATE USER " + USER);
    server.execute("GRANT SELECT ON " + schema + ".* TO " + USER);
    root = server.administrator(server.url() + schema);
  }

  @AfterEach
  void dropUser() {
    server.dropSchema(schema);
    server.execute("DROP USER " + USER);
  }

  private StockCli user(String url) {
    return StockCli.inEnvironment(Map.of("STOCK_DB_URL", url, "STOCK_DB_USER", USER));
  }

  private StockCli user() {
    return user(server.url() + schema);
  }

  private void setUp() {
    assertThat(root.line("setup-db").status()).isZero();
  }

  /** Grants what the table says in the row that begins with these words. */
  private void grant(String row) throws IOException {
    String begin = "| " + row + " | ";
    String privileges =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.equals("## Privileges"))
            .filter(line -> line.startsWith(begin))
            .findFirst()
            .orElseThrow(() -> new AssertionError("No row " + begin + "in " + DOCUMENT));
    if (privileges.contains("those of moves")) {
      grant(MOVES);
    }
    List<String> granted = new ArrayList<>();
    Matcher grants = GRANT.matcher(privileges.substring(begin.length()));
    while (grants.find()) {
      for (String table : grants.group(2).split(" and ", -1)) {
        String where = table.equals("the database") ? "*" : table;
        granted.add("GRANT " + grants.group(1) + " ON " + schema + "." + where + " TO " + USER);
      }
    }
    assertThat(granted).as(privileges).isNotEmpty();
    granted.forEach(server::execute);
  }

  private void isDenied(String line) {
    StockCli.Result result = user().line(line);
    assertThat(result.status()).as("%s: %s", line, result).isEqualTo(2);
    assertThat(result.err()).contains("The user lacks a privilege");
  }

  private void works(String... lines) {
    for (String line : lines) {
      StockCli.Result result = user().line(line);
      assertThat(result.status()).as("%s: %s", line, result).isZero();
      // Of closings that can't be written again the move says so only.
      assertThat(result.err()).as(line).doesNotContain("denied");
    }
  }

  @Test
  void theTables() throws IOException {
    isDenied("setup-db");
    grant("`setup-db`");
    works("setup-db", "setup-db");
    isDenied("setup-db --reset --yes");
    server.execute("GRANT DROP ON " + schema + ".* TO " + USER);
    works("setup-db --reset --yes");
  }

  @Test
  void moves() throws IOException {
    setUp();
    isDenied("add-stock --item-id 101 --quantity 5 --date 2025-09-20");
    grant(MOVES);
    root.line("add-item --item-id 7 --item-code SEVEN --name Seven");
    assertThat(root.line("run-batch --date 2025-09-19").status()).isZero();
    Path file =
        Files.writeString(folder.resolve("moves.csv"), "item_id,date,quantity,request_id\n");
    Files.writeString(file, Files.readString(file) + "101,2025-09-22,-2,i1\n7,2025-09-22,4,i2\n");
    works(
        "add-stock --item-id 101 --quantity 25 --date 2025-09-20 --request-id r1",
        "add-stock --item-id 101 --quantity 25 --date 2025-09-20 --request-id r1",
        "add-stock --item-id 101 --quantity 1 --date 2025-09-19 --request-id late",
        "remove-stock-check --item-id 101 --quantity 3 --date 2025-09-20 --request-id r2",
        "remove-stock-atomic --item-id 101 --quantity 3 --date 2025-09-19 --request-id r3",
        "post-moves --move 101=-1 --move 7=4 --date 2025-09-21 --request-id r4",
        "post-moves --move 101=-1 --move 7=4 --date 2025-09-21 --request-id r4",
        "reverse-move --request-id r4",
        "reverse-move --request-id r4",
        "correct-move --request-id r2 --quantity 4",
        "import " + file,
        "import " + file);
  }

  /** After a conflict a writer queues at the item's row. */
  @Test
  void movesInTheQueue() throws IOException {
    setUp();
    grant(MOVES);
    String url = server.url() + schema;
    try (FaultProxy proxy = FaultProxy.startBefore(url)) {
      for (String line :
          List.of(
              "add-stock --item-id 101 --quantity 5 --date 2025-09-20",
              "post-moves --move 101=-1 --move 101=-2 --date 2025-09-20")) {
        proxy
            .when(statement("INSERT INTO stock_moves"))
            .once()
            .then(Actions.answerError(1205, "HY000", "Lock wait timeout exceeded"));
        StockCli.Result result = user(proxy.url(url)).line(line);
        assertThat(result.status()).as("%s: %s", line, result).isZero();
      }
    }
  }

  /** The stream needs what its operations need. */
  @Test
  void stream() throws IOException {
    setUp();
    grant(HOLDS);
    grant("`count-stock`");
    List<String> lines =
        List.of(
            "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":101,\"quantity\":5}",
            "{\"op\":\"remove\",\"request_id\":\"b\",\"item_id\":101,\"quantity\":5}",
            "{\"op\":\"remove\",\"request_id\":\"b\",\"item_id\":101,\"quantity\":5}",
            "{\"op\":\"reverse\",\"request_id\":\"b\"}",
            "{\"op\":\"hold\",\"request_id\":\"h\",\"item_id\":101,\"quantity\":1,"
                + "\"expires_in\":\"1h\"}",
            "{\"op\":\"commit\",\"request_id\":\"h\"}",
            "{\"op\":\"count\",\"request_id\":\"c\",\"item_id\":101,\"counted\":7}",
            "{\"op\":\"get\",\"item_id\":101}");
    StockCli.Result result = user().runWithInput(String.join("\n", lines), "stream");
    assertThat(result.status()).isZero();
    assertThat(result.out().lines())
        .hasSameSizeAs(lines)
        .allSatisfy(answer -> assertThat(answer).contains("\"ok\":true"));
  }

  /** On a database of any name; the ledger's tables need not be there. */
  @Test
  void race() throws IOException {
    isDenied("race --strategy exact --stock 4 --threads 2 --runs 1");
    grant("`race`");
    StockCli.Result result = user().line("race --strategy exact --stock 4 --threads 2 --runs 1");
    assertThat(result.status()).as("%s", result).isZero();
  }

  @Test
  void counts() throws IOException {
    setUp();
    grant(MOVES);
    isDenied("count-stock --item-id 101 --counted 7 --date 2025-09-20 --request-id c1");
    grant("`count-stock`");
    Path file = Files.writeString(folder.resolve("counts.csv"), "item_id,counted\n101,6\n");
    works(
        "count-stock --item-id 101 --counted 7 --date 2025-09-20 --request-id c1",
        "count-stock --item-id 101 --counted 7 --date 2025-09-20 --request-id c1",
        "count-stock --file " + file + " --file-id c2 --date 2025-09-20");
  }

  @Test
  void holds() throws IOException {
    setUp();
    grant(MOVES);
    isDenied("hold-stock --item-id 101 --quantity 1 --expires-in 1h --request-id h1");
    grant(HOLDS);
    works(
        "hold-stock --item-id 101 --quantity 1 --expires-in 1h --request-id h1",
        "hold-stock --item-id 101 --quantity 1 --expires-in 1h --request-id h2",
        "hold-stock --item-id 101 --quantity 1 --expires-in 1h --request-id h3",
        "commit-hold --request-id h1",
        "commit-hold --request-id h1",
        "reverse-move --request-id h1",
        "release-hold --request-id h2");
    server.execute(
        "UPDATE %s.stock_holds SET expires_at = '2025-09-20' WHERE request_id = 'h3'"
            .formatted(schema));
    works("release-hold --expired");
  }

  @Test
  void restore() throws IOException {
    setUp();
    for (String line :
        List.of(
            "hold-stock --item-id 101 --quantity 1 --expires-in 1h --request-id h1",
            "commit-hold --request-id h1")) {
      assertThat(root.line(line).status()).isZero();
    }
    Path file = Files.writeString(folder.resolve("export.csv"), root.line("export").out());
    for (String table : List.of("stock_hold_ends", "stock_holds", "stock_moves")) {
      server.execute("DELETE FROM " + schema + "." + table);
    }
    grant(HOLDS);
    works("import --restore " + file, "verify");
  }

  @Test
  void items() throws IOException {
    setUp();
    isDenied("add-item --item-code SEVEN --name Seven");
    grant("`add-item`, `update-item`");
    Path file =
        Files.writeString(folder.resolve("items.csv"), "item_id,item_code,name\n8,EIGHT,Eight\n");
    works(
        "add-item --item-code SEVEN --name Seven",
        "add-item --item-id 7 --item-code SEVEN-7 --name Seven",
        "update-item --item-code SEVEN --new-name Sept",
        "add-item --file " + file);
  }

  @Test
  void closings() throws IOException {
    setUp();
    isDenied("run-batch --date 2025-09-19");
    grant("`run-batch`");
    works("run-batch --date 2025-09-19", "run-batch --catch-up --date 2025-09-20");
  }

  @Test
  void reads() {
    setUp();
    works(
        "get-stock --item-id 101",
        "list-items",
        "list-moves --item-id 101",
        "list-stock",
        "list-closings --date 2025-09-19",
        "list-holds",
        "daily-summary --date 2025-09-19",
        "export",
        "verify",
        "status",
        "chart --item-id 101 --from 2025-09-19 --to 2025-09-20");
  }
}
