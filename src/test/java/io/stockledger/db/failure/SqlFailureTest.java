package io.stockledger.db.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
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
    "1615, HY000, CONFLICT",
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
    "9006, HY000, NOT_NOW",
    "9008, HY000, NOT_NOW",
    "9010, HY000, NOT_NOW",
    "9011, HY000, NOT_NOW",
    "8027, HY000, NOT_NOW",
    "8252, HY000, NOT_NOW",
    "1815, HY000, NO_TIFLASH",
    "9012, HY000, NO_TIFLASH",
    "9013, HY000, NO_TIFLASH",
    "8001, HY000, OUT_OF_QUOTA",
    "8175, HY000, OUT_OF_QUOTA",
    "8176, HY000, OUT_OF_QUOTA",
    "0, 08S01, CONNECTION_LOST",
    "0, 08003, CONNECTION_LOST",
    "1053, HY000, CONNECTION_LOST",
    "1079, HY000, CONNECTION_LOST",
    "1080, HY000, CONNECTION_LOST",
    "1927, 70100, CONNECTION_LOST",
    "1105, HY000, OTHER",
    "1264, 22003, OUT_OF_RANGE",
    "1690, 22003, OUT_OF_RANGE",
    "1146, 42S02, NO_SUCH_TABLE",
    "1021, HY000, NO_ROOM",
    "1114, HY000, NO_ROOM",
    "1036, HY000, READ_ONLY",
    "1290, HY000, READ_ONLY",
    "1792, 25006, READ_ONLY",
    "1836, HY000, READ_ONLY",
    "1406, 22001, OTHER",
    "0, , OTHER"
  })
  void readsTheNumber(int code, String state, SqlFailure expected) {
    assertThat(SqlFailure.of(new SQLException("any text", state, code))).isEqualTo(expected);
  }

  /**
   * If a connection is lost while rows are streamed, Connector/J reports no SQLSTATE that says so.
   */
  @Test
  void readsALostConnectionFromItsCause() {
    IOException reset = new SocketException("Connection reset");
    SQLException whileStreaming =
        new SQLException("Error retrieving record", "S1000", 0, new RuntimeException(reset));
    SQLException otherwise = new SQLException("any text", "S1000", 0, new RuntimeException());
    SQLException ofTheServer = new SQLException("any text", "HY000", 1290, reset);
    assertThat(SqlFailure.of(whileStreaming)).isEqualTo(SqlFailure.CONNECTION_LOST);
    assertThat(SqlFailure.of(otherwise)).isEqualTo(SqlFailure.OTHER);
    assertThat(SqlFailure.of(ofTheServer)).isEqualTo(SqlFailure.READ_ONLY);
  }

  @ParameterizedTest
  @CsvSource({
    "tikv aborts txn: Error(Txn(Error(Mvcc(Error(PessimisticLockRolledBack)))), CONFLICT",
    "[tikv] TiKV aborts txn: retryable, CONFLICT",
    "pessimistic lock retry limit reached, CONFLICT",
    "other error for mpp stream: Exchange receiver meet error: Memory limit exceeded, NO_TIFLASH",
    "other error for mpp stream: MPP Task canceled because it seems hangs, NO_TIFLASH",
    "Memory limit (for query) exceeded: would use 4.00 KiB, NO_TIFLASH",
    "[FLASH:Coprocessor:MemoryLimitExceeded] would use 4.00 KiB, NO_TIFLASH",
    "other error: DB::TiFlashException: injected, NO_TIFLASH",
    "other error: Code: 49; e.displayText() = DB::Exception: injected, NO_TIFLASH",
    "rpc error: code = Unavailable desc = transport is closing, NO_TIFLASH",
    "unknown error, OTHER"
  })
  void readsTheTextOfTidbsGeneralError(String text, SqlFailure expected) {
    assertThat(SqlFailure.of(new SQLException(text, "HY000", 1105))).isEqualTo(expected);
  }

  /**
   * Only the text of error 1105, which TiDB uses for many failures, is read, because the text of
   * another error may repeat a user's input.
   */
  @Test
  void readsNoTextOfAnErrorWithANumberOfItsOwn() {
    SQLException error =
        new SQLException("Data too long: 'mpp tiflash memory limit'", "22001", 1406);
    assertThat(SqlFailure.of(error)).isEqualTo(SqlFailure.OTHER);
  }
}
