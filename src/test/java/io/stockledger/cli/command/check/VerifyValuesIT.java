package io.stockledger.cli.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs {@code verify} on values that no command writes: invariant 8. */
class VerifyValuesIT {
  private static final String INSERT =
      "INSERT INTO stock_moves (item_id, stock_increment, date, updated_at, move_no, stock_after,"
          + " book_date, request_id) VALUES ";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /** Item 101 has move 1, item 102 has moves 1 and 2. */
  @BeforeEach
  void makeLedger() {
    run("setup-db");
    run("add-item --item-id 102 --item-code SAKE-102 --name Sake");
    run("add-stock --item-id 102 --quantity 5 --date 2025-09-19 --request-id a.b_c:d-E9");
    run("add-stock --item-id 102 --quantity 5 --date 2025-09-20");
  }

  @Test
  void aMoveOfNoUnitsIsNamed() {
    execute(INSERT + "(102, 0, '2025-09-20', NOW(), 3, 10, '2025-09-20', 'by-hand')");
    expectOfItem102(
        "Invariant 8: item 102, move 3: stock_increment is 0, expected another number than 0.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "cafe/1", "a;b", " ", "-- x", "a\"b", "a?", "#1", "@"})
  void anIllFormedRequestIdIsNamed(String requestId) {
    execute(
        INSERT + "(102, 1, '2025-09-20', NOW(), 3, 11, '2025-09-20', '%s')".formatted(requestId));
    expectOfItem102(
        "Invariant 8: item 102, move 3: request_id is "
            + requestId
            + ", expected 1 to 64 of the letters A-Z and a-z, digits and . _ : -.\n");
  }

  @Test
  void anEmptyRequestIdAndOneOfSeveralLinesAreNamed() {
    execute(
        INSERT + "(102, 1, '2025-09-20', NOW(), 3, 11, '2025-09-20', '')",
        INSERT + "(102, 1, '2025-09-20', NOW(), 4, 12, '2025-09-20', 'a\\n')");
    expectOfItem102(
        """
        Invariant 8: item 102, move 3: request_id is empty, expected 1 to 64 of the letters A-Z and\
         a-z, digits and . _ : -.
        Invariant 8: item 102, move 4: request_id is a\\u000a, expected 1 to 64 of the letters A-Z\
         and a-z, digits and . _ : -.
        """);
  }

  /** Two days more than 366, because the calendars of the client and of the server may differ. */
  @Test
  void aDateThatIsTooFarAheadOfItsTimeIsNamed() {
    execute(
        INSERT + "(102, 1, '2026-09-23', '2025-09-20 12:00:00', 3, 11, '2026-09-23', 'by-hand-3')",
        INSERT + "(102, 1, '2026-09-24', '2025-09-20 12:00:00', 4, 12, '2026-09-24', 'by-hand-4')");
    expectOfItem102(
        "Invariant 8: item 102, move 4: date is 2026-09-24, expected at most 366 days after"
            + " 2025-09-20 (updated_at).\n");
  }

  @Test
  void jsonHasTheSameMembers() {
    execute(INSERT + "(102, 0, '2025-09-20', NOW(), 3, 10, '2025-09-20', 'by-hand')");
    assertThat(stock.line(Server.current().verify("verify --json")).out())
        .isEqualTo(
            "{\"invariant\":8,\"item_id\":102,\"move_no\":3,\"date\":null,"
                + "\"subject\":\"stock_increment\",\"found\":\"0\","
                + "\"expected\":\"another number than 0\"}\n");
  }

  /** Makes more findings of each kind than verify reads with one statement. */
  @Test
  void eachOfManyFindingsIsNamedOnce() {
    int count = 2_300;
    execute(
        "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
        IntStream.rangeClosed(3, count + 2)
            .mapToObj(
                n ->
                    "(102, 0, '2025-%02d-31', NOW(), %d, 10, '2025-09-20', 'a b%d')"
                        .formatted(n % 2 == 0 ? 2 : 4, n, n))
            .collect(Collectors.joining(", ", INSERT, "")),
        IntStream.rangeClosed(0, count - 1)
            .mapToObj(n -> "(%d, '2025-02-%02d', 1, 1)".formatted(1_000 + n / 2, 30 + n % 2))
            .collect(
                Collectors.joining(
                    ", ",
                    "INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)"
                        + " VALUES ",
                    "")));
    String out = stock.line(Server.current().verify("verify")).out();
    assertThat(out.lines()).doesNotHaveDuplicates().hasSize(4 * count);
    assertThat(out.lines().filter(line -> line.contains(": stock_increment is"))).hasSize(count);
    assertThat(out.lines().filter(line -> line.contains(": date is 2025-0"))).hasSize(count);
    assertThat(out.lines().filter(line -> line.contains(": request_id is"))).hasSize(count);
    assertThat(out.lines().filter(line -> line.contains(": date of a closing is"))).hasSize(count);
  }

  private void expectOfItem102(String findings) {
    for (String command : new String[] {"verify", "verify --item-id 102"}) {
      StockCli.Result result = stock.line(Server.current().verify(command));
      assertThat(result).as(command).isEqualTo(new StockCli.Result(4, findings, ""));
    }
    assertThat(stock.line(Server.current().verify("verify --item-id 101")))
        .isEqualTo(new StockCli.Result(0, "", ""));
  }

  private void execute(String... statements) {
    TestDatabase.server().execute(url, statements);
  }

  private void run(String command) {
    StockCli.Result result = stock.line(command);
    assertThat(result.status()).as("%s%n%s", command, result).isZero();
  }
}
