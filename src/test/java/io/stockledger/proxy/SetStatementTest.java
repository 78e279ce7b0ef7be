package io.stockledger.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetStatementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "SET tidb_a = 1#",
        "SET SESSION tidb_a = 'x,y', sql_mode = 'A,B'#SET SESSION sql_mode = 'A,B'",
        "SET GLOBAL tidb_a := 1, x = IF(1, 2, 3), @@tidb_b = 2#SET GLOBAL x = IF(1, 2, 3)",
        "SET NAMES utf8mb4, @@session.tidb_a = 1;#SET NAMES utf8mb4",
      })
  void removesTheVariablesOfTidb(String statement, String rest) {
    assertThat(SetStatement.setsTidbVariable(statement)).isTrue();
    assertThat(SetStatement.withoutTidbVariables(statement)).isEqualTo(rest == null ? "" : rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET sql_mode = 'tidb_x = 1'",
        "SET @tidb_x = 1",
        "SET autocommit = 0",
        "SELECT @@tidb_x = 1"
      })
  void findsNoVariableOfTidbElsewhere(String statement) {
    assertThat(SetStatement.setsTidbVariable(statement)).isFalse();
  }
}
