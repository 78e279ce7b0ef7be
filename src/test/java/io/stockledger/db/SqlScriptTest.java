package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

  @Test
  void returnsTheStatementsWithoutComments() {
    assertThat(SqlScript.statements("tiflash.sql"))
        .containsExactly(
            "ALTER TABLE stock_moves SET TIFLASH REPLICA 1",
            "ALTER TABLE stock_moves_history SET TIFLASH REPLICA 1");
  }

  @Test
  void keepsTheVersionCommentsThatTidbReads() {
    assertThat(SqlScript.statements("schema.sql"))
        .hasSize(6)
        .allMatch(statement -> statement.startsWith("CREATE TABLE IF NOT EXISTS "))
        .allMatch(statement -> statement.contains("/*T![clustered_index] CLUSTERED */"));
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> SqlScript.statements("other.sql")).hasMessage("no file sql/other.sql");
  }
}
