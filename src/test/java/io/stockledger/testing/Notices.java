package io.stockledger.testing;

import java.util.regex.Pattern;

/**
 * The notices that stock prints on stderr about the server that the *IT classes run on, exactly.
 */
public final class Notices {
  private Notices() {}

  /**
   * Returns the notices of setup-db about the copies on TiFlash. setup-db prints the progress each
   * time that the progress changes.
   */
  public static Pattern ofSetup() {
    return switch (Server.current()) {
      case MARIADB, MYSQL ->
          literally("This server is not TiDB: aggregates will not be computed on TiFlash.\n");
      case TIDB -> literally("This TiDB has no TiFlash: aggregates will be computed on TiKV.\n");
      case TIDB_WITH_TIFLASH, TIDB_WITH_MOCK_TIFLASH ->
          Pattern.compile(
              """
              (TiFlash copies the tables: stock_moves \\d+ %, stock_moves_history \\d+ %\\.
              )*TiFlash copies the tables: stock_moves 100 %, stock_moves_history 100 %\\.
              """);
    };
  }

  /**
   * Returns the notice about where aggregates are computed, on a ledger that setup-db has set up.
   */
  public static String ofAggregates() {
    return switch (Server.current()) {
      case MARIADB, MYSQL -> "";
      case TIDB ->
          "Aggregates are not computed on TiFlash: it has no copy of the tables. If there is a"
              + " TiFlash, setup-db asks for the copies.\n";
      case TIDB_WITH_TIFLASH, TIDB_WITH_MOCK_TIFLASH -> "";
    };
  }

  private static Pattern literally(String text) {
    return Pattern.compile(text, Pattern.LITERAL);
  }
}
