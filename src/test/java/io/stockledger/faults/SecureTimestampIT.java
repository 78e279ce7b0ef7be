package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.EmbeddedMariaDb;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A MariaDB on which no session may choose its time: sessions reset the variable all the same. */
class SecureTimestampIT {

  @Test
  void commandsWorkWhereNoSessionMaySetItsClock() throws Exception {
    Path folder = Files.createTempDirectory("stock-ledger-clock");
    try (EmbeddedMariaDb server = EmbeddedMariaDb.start(0, folder, "--secure-timestamp=YES")) {
      StockCli stock =
          StockCli.inEnvironment(
              Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:" + server.port() + "/test"));
      assertThat(stock.run("setup-db").status()).isZero();
      assertThat(stock.line("add-stock --item-id 101 --quantity 5 --date 2025-09-20"))
          .isEqualTo(
              new StockCli.Result(
                  0, "Successfully added 5 units to item 101 on 2025-09-20.\n", ""));
    } finally {
      TestDatabase.delete(folder);
    }
  }
}
