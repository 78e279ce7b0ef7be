package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

  @ParameterizedTest
  @CsvSource({
    "1062, 23000, DUPLICATE",
    "9007, HY000, CONFLICT",
    "1467, HY000, CONFLICT",
    "8022, HY000, CONFLICT",
    "8005, HY000, CONFLICT",
    "8002, HY000, CONFLICT",
    "8028, HY000, CONFLICT",
    "8147, HY000, CONFLICT",
    "1213, 40001, CONFLICT",
    "1205, HY000, CONFLICT",
    "9001, HY000, NOT_NOW",
    "9002, HY000, NOT_NOW",
    "9003, HY000, NOT_NOW",
    "9004, HY000, NOT_NOW",
    "9005, HY000, NOT_NOW",
    "1815, HY000, NO_TIFLASH",
    "9012, HY000, NO_TIFLASH",
    "9013, HY000, NO_TIFLASH",
    "8175, HY000, OUT_OF_QUOTA",
    "0, 08S01, CONNECTION_LOST",
    "0, 08003, CONNECTION_LOST",
    "1053, 08S01, CONNECTION_LOST",
    "1927, 70100, CONNECTION_LOST",
    "1105, HY000, OTHER",
    "1146, 42S02, OTHER",
    "1290, HY000, OTHER",
    "0, , OTHER"
  })
  void readsTheNumber(int code, String state, SqlFailure expected) {
    assertThat(SqlFailure.of(new SQLException("any text", state, code))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "tikv aborts txn: Error(Txn(Error(Mvcc(Error(PessimisticLockRolledBack)))), CONFLICT",
    "[tikv] TiKV aborts txn: retryable, CONFLICT",
    "pessimistic lock retry limit reached, CONFLICT",
    "unknown error, OTHER"
  })
  void readsTheTextOfTidbsCatchAll(String text, SqlFailure expected) {
    assertThat(SqlFailure.of(new SQLException(text, "HY000", 1105))).isEqualTo(expected);
  }

  @Test
  void anAnswerThatBreaksOffWithinARowIsALostConnection() {
    SQLException error =
        new SQLException("Can not read response from server.", "S1000", 0, new EOFException());
    assertThat(SqlFailure.of(error)).isEqualTo(SqlFailure.CONNECTION_LOST);
  }

  @Test
  void namesTheKeyInEachServersWords() {
    SQLException mariaDb = new SQLException("Duplicate entry 'a' for key 'request'");
    SQLException tidb = new SQLException("Duplicate entry 'a' for key 'stock_moves.request'");
    SQLException value = new SQLException("Duplicate entry 'request' for key 'item_move'");
    assertThat(SqlFailure.isOnKey(mariaDb, "request")).isTrue();
    assertThat(SqlFailure.isOnKey(tidb, "request")).isTrue();
    assertThat(SqlFailure.isOnKey(value, "request")).isFalse();
  }
}
