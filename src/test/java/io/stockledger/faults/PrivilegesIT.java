package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.StockCli;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user is told who lacks a privilege. */
class PrivilegesIT {
  private static final String DENIED = "INSERT command denied to user 'stock'@'shop'";
  private static final String WHAT_TO_DO =
      DENIED + ". docs/operating.md lists the privileges to grant.\n";

  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    bench.close();
  }

  private void deny(int code, String words) {
    bench.proxy().when(statement(words)).then(Actions.answerError(code, "42000", DENIED));
  }

  /** The codes of a missing privilege: dev.mysql.com; 8121 is TiDB's. */
  @ParameterizedTest
  @ValueSource(ints = {1044, 1142, 1143, 1227, 1370, 8121})
  void aStatementWithoutItsPrivilegeDoesNothingAndSaysWhatToDo(int code) {
    for (String table : List.of("stock_moves", "items", "stock_moves_history", "stock_counts")) {
      deny(code, "INSERT INTO " + table);
    }
    deny(code, "UPDATE items");
    deny(code, "DROP TABLE");
    List<String> before = LedgerDump.of(bench.schema());
    for (String line :
        new String[] {
          "add-stock --item-id 101 --quantity 1 --date 2025-09-20",
          "remove-stock-check --item-id 101 --quantity 1 --date 2025-09-20",
          "remove-stock-atomic --item-id 101 --quantity 1 --date 2025-09-20",
          "reverse-move --request-id initial-data",
          "count-stock --item-id 101 --counted 100 --date 2025-09-20",
          "count-stock --item-id 101 --counted 7 --date 2025-09-20",
          "add-item --item-id 5 --item-code A --name A",
          "update-item --item-id 101 --new-code A",
          "run-batch --date 2025-09-19",
          "race --strategy conditional-update --stock 1 --threads 1 --runs 1",
        }) {
      StockCli.Result result = bench.throughProxy(line).withoutTiflashNotice();
      assertThat(result)
          .as(line)
          .isEqualTo(
              new StockCli.Result(
                  2, "", "stock: The user lacks a privilege; nothing was changed: " + WHAT_TO_DO));
      StockCli.Result json = bench.throughProxy(line + " --json");
      assertThat(json.err()).as(line).contains("{\"error\":\"no_privilege\",");
    }
    assertThat(LedgerDump.of(bench.schema())).isEqualTo(before);
  }

  @Test
  void aReadWithoutItsPrivilegeIsWrongSettingsToo() {
    deny(1142, "SELECT item_id, item_code, name");
    assertThat(bench.throughProxy("list-items"))
        .isEqualTo(
            new StockCli.Result(
                2, "", "stock: The user lacks a privilege; nothing was changed: " + WHAT_TO_DO));
  }

  @Test
  void setUpSaysThatNothingWasDoneOnlyIfThatIsSo() {
    deny(1142, "CREATE TABLE");
    assertThat(bench.throughProxy("setup-db").status()).isEqualTo(2);
    // The tables may have been made when the first item is denied.
    bench.proxy().clearRules();
    deny(1142, "INSERT INTO items");
    StockCli.Result half = bench.throughProxy("setup-db");
    assertThat(half)
        .isEqualTo(new StockCli.Result(1, "", "stock: The user lacks a privilege: " + WHAT_TO_DO));
  }
}
