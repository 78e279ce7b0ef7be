package io.stockledger.ledger.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Sql;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.StockJvm;
import io.stockledger.testing.TestLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock of the server decides, whatever the client has for the time. {@code SessionVariablesIT}
 * shows the same of the variables of its session.
 */
class HoldClockIT {
  private static final String HOLD =
      "hold-stock --item-id 101 --quantity 1 --date 2025-09-20 --request-id ";

  @TempDir private Path folder;
  private final TestLedger ledger = TestLedger.make(1);

  @AfterEach
  void close() {
    ledger.close();
  }

  /** Java's own clock is as it is; its time zone is the part of it that a test can set. */
  @Test
  void theTimeZoneOfAClientChangesNothing() throws Exception {
    StockJvm jvm = new StockJvm(ledger.url(), folder);
    for (String zone : List.of("Pacific/Kiritimati", "Etc/GMT+12")) {
      List<String> options = List.of("-Duser.timezone=" + zone);
      String id = "of-" + zone.replaceAll("\\W", ".");
      assertThat(jvm.runWith(options, (HOLD + id + " --expires-in 1h").split(" ")).status())
          .isZero();
      assertThat(
              number(
                  "SELECT ABS(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), expires_at) - 3600)"
                      + " FROM stock_holds WHERE request_id = ?",
                  id))
          .isLessThan(60);
      assertThat(jvm.runWith(options, "release-hold", "--expired"))
          .isEqualTo(new StockCli.Result(0, "", ""));
      assertThat(jvm.runWith(options, "commit-hold", "--request-id", id).status()).isZero();
    }
  }

  private long number(String sql, Object... parameters) throws SQLException {
    try (Connection connection = ledger.database().connection()) {
      return Sql.number(connection, sql, parameters);
    }
  }
}
