package io.stockledger.cli.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.Notices;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that setup-db deletes nothing unless the operator confirms it. */
class SetupDbIT {
  private static final String EXAMPLE =
      "It has an example, item 101 with 100 units. Without the example: stock setup-db --reset"
          + " --no-initial-data\n";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);
  private final String question =
      "This deletes all items, moves, holds, counts and closings in "
          + url.substring("jdbc:mysql://".length())
          + ". Type yes to go on: ";

  SetupDbIT() {
    expectReady(stock.run("setup-db"), "");
    stock.line("add-item --item-id=7 --item-code=SEVEN --name=Seven");
    stock.line("add-stock --item-id=7 --quantity=3 --date=2025-09-19");
    stock.line("run-batch --date=2025-09-19");
  }

  @Test
  void secondSetUpChangesNothing() {
    List<String> before = LedgerDump.of(url);
    expectReady(stock.run("setup-db"), "");
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no\n", "\n", "y\n", "YES\n", "Yes\n", "yes please\n", "no\nyes\n", "\0yes\n"})
  void resetWithoutYesChangesNothing(String answer) {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.runWithInput(answer, "setup-db", "--reset"))
        .isEqualTo(new StockCli.Result(1, "", question + "stock: Nothing was changed.\n"));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void resetAtTheEndOfInputChangesNothing() {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.runWithInput("", "setup-db", "--reset"))
        .isEqualTo(new StockCli.Result(1, "", question + "\nstock: Nothing was changed.\n"));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes\n", "yes", " yes \r\n"})
  void resetWithYesCreatesANewLedger(String answer) {
    expectReady(stock.runWithInput(answer, "setup-db", "--reset"), question);
    expectNewLedger();
  }

  @Test
  void resetWithTheYesOptionDoesNotAsk() {
    expectReady(stock.run("setup-db", "--reset", "--yes"), "");
    expectNewLedger();
  }

  @Test
  void resetCreatesALedgerThatIsMissing() {
    StockCli empty = new StockCli(TestDatabase.server().newSchema());
    expectReady(empty.run("setup-db", "--reset", "--yes"), "");
    assertThat(empty.line("get-stock --item-id=101 --date=2025-09-19").out()).endsWith(": 100\n");
  }

  @Test
  void otherTablesOfTheSchemaStay() {
    TestDatabase.server()
        .execute(url, "CREATE TABLE others (id INT)", "INSERT INTO others VALUES (1)");
    stock.run("setup-db", "--reset", "--yes");
    TestDatabase.server().execute(url, "INSERT INTO others VALUES (2)");
  }

  private void expectNewLedger() {
    assertThat(stock.run("list-items").out()).isEqualTo("101\tSAKE-101\t純米大吟醸 720ml\n");
    assertThat(LedgerDump.of(url)).hasSize(2);
    assertThat(stock.line("get-stock --item-id=101 --date=2025-09-19").out()).endsWith(": 100\n");
  }

  @Test
  void yesWithoutResetIsWrongUsage() {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.run("setup-db", "--yes"))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                """
                stock: --yes answers the question of --reset: give both, or neither.
                Try 'stock setup-db --help'.
                """));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void theLedgerBeginsEmptyWithoutInitialData() {
    String other = TestDatabase.server().newSchema();
    StockCli empty = new StockCli(other);
    assertThat(empty.run("setup-db", "--no-initial-data").out())
        .isEqualTo("The ledger is ready in " + name(other) + ": it was made.\n");
    assertThat(empty.run("list-items")).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(empty.run("setup-db").out())
        .isEqualTo("The ledger is ready in " + name(other) + ": it was there already.\n");
    assertThat(empty.run("list-items").out()).startsWith("101\t");
  }

  /** Such as after an upgrade, when setup-db is run for a new table. */
  @Test
  void aLedgerWithItemsGetsNoExample() {
    StockCli empty = new StockCli(TestDatabase.server().newSchema());
    assertThat(empty.run("setup-db", "--no-initial-data").status()).isZero();
    assertThat(empty.line("add-item --item-id 7 --item-code TEA-7 --name Sencha").status())
        .isZero();
    assertThat(empty.run("setup-db").status()).isZero();
    assertThat(empty.run("list-items").out()).isEqualTo("7\tTEA-7\tSencha\n");
  }

  @Test
  void theWayToBeginWithoutTheExampleIsNamed() {
    StockCli other = new StockCli(TestDatabase.server().newSchema());
    assertThat(other.run("setup-db").err()).contains(EXAMPLE);
    assertThat(other.run("setup-db").err()).doesNotContain(EXAMPLE);
    assertThat(other.run("setup-db", "--reset", "--yes", "--no-initial-data").err())
        .doesNotContain(EXAMPLE);
  }

  private static String withoutExample(String err) {
    return err.replace(EXAMPLE, "");
  }

  private static String name(String url) {
    return url.replace("jdbc:mysql://", "").replaceFirst("\\?.*", "");
  }

  private static void expectReady(StockCli.Result result, String question) {
    assertThat(result.out()).as("%s", result).startsWith("The ledger is ready in ");
    assertThat(result.err()).as("%s", result).startsWith(question);
    assertThat(withoutExample(result.err().substring(question.length())))
        .matches(Notices.ofSetup());
    assertThat(result.status()).as("%s", result).isZero();
  }
}
