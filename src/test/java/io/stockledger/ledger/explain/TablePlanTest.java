package io.stockledger.ledger.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.explain.Explained.Judgement;
import io.stockledger.ledger.explain.PlannedStatement.Access;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdicts on plans of MariaDB and MySQL that a test ledger does not lead to. */
class TablePlanTest {
  private static final PlannedStatement LOOK_UP =
      PlannedStatement.read("look-up", "", List.of(), Access.by("stock_moves", "item_move"));

  private static final PlannedStatement AGGREGATE =
      PlannedStatement.read("sums", "", List.of(), Access.onTiflash("stock_moves", "item_move"));

  @ParameterizedTest
  @CsvSource({
    "const,       item_move,           1,           OK",
    "ref,         item_move,           100000,      OK",
    "ref|filter,  item_move|item_date, 100000 (5%), OK",
    "range,       item_date,           100000,      NOT_AS_EXPECTED",
    "range,       item_date,           1000,        TOO_FEW_ROWS",
    "index,       item_move,           100000,      NOT_AS_EXPECTED",
    "index_merge, 'item_move,request', 100000,      NOT_AS_EXPECTED",
    "ALL,         '',                  100000,      NOT_AS_EXPECTED",
    "ALL,         '',                  1000,        TOO_FEW_ROWS",
    "hash_ALL,    '',                  100000,      NOT_AS_EXPECTED",
    "guess,       item_move,           1,           NOT_UNDERSTOOD",
    "'',          item_move,           1,           NOT_UNDERSTOOD",
    "ref,         item_move,           many,        NOT_UNDERSTOOD",
    "ref,         item_move,           '',          NOT_UNDERSTOOD",
  })
  void aTableIsJudgedByTheWayItIsRead(String type, String key, String rows, Judgement verdict) {
    assertThat(judge(LOOK_UP, row("SIMPLE", "stock_moves", type, key, rows, "")))
        .isEqualTo(verdict);
  }

  @Test
  void anAggregateMayReadAWholeKey() {
    Map<String, String> wholeKey = row("SIMPLE", "stock_moves", "index", "item_move", "9999", "");
    assertThat(judge(AGGREGATE, wholeKey)).isEqualTo(Judgement.OK);
  }

  /** MySQL shows the table that an INSERT writes as ALL. */
  @Test
  void theTableThatAnInsertWritesIsNotRead() {
    Map<String, String> written = row("INSERT", "stock_moves", "ALL", "", "", "");
    Map<String, String> read = row("DERIVED", "stock_moves", "ref", "item_move", "9", "");
    assertThat(judge(LOOK_UP, written, read)).isEqualTo(Judgement.OK);
    assertThat(judge(LOOK_UP, written)).isEqualTo(Judgement.NOT_UNDERSTOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "Impossible WHERE noticed after reading const tables, NO_ROWS",
    "no matching row in const table,                      NO_ROWS",
    "Select tables optimized away,                        NOT_UNDERSTOOD",
    "'',                                                  NOT_UNDERSTOOD",
  })
  void aPlanWithoutTheTableIsNeverOk(String extra, Judgement verdict) {
    assertThat(judge(LOOK_UP, row("SIMPLE", "", "", "", "", extra))).isEqualTo(verdict);
    Map<String, String> item = row("PRIMARY", "items", "const", "PRIMARY", "1", "");
    assertThat(judge(LOOK_UP, item, row("SUBQUERY", "", "", "", "", extra))).isEqualTo(verdict);
  }

  @Test
  void aPlanOfTidbIsNotUnderstoodHere() {
    Map<String, String> operator =
        Map.of("id", "Point_Get_1", "estrows", "1.00", "task", "root", "access object", "");
    assertThat(judge(LOOK_UP, operator)).isEqualTo(Judgement.NOT_UNDERSTOOD);
  }

  @Test
  void onTidbAPlanInAnotherFormIsNotUnderstood() {
    Map<String, String> table = row("SIMPLE", "stock_moves", "ref", "item_move", "1", "");
    Map<String, String> noEstimate =
        Map.of(
            "id", "IndexRangeScan_1",
            "estrows", "N/A",
            "task", "cop[tikv]",
            "access object", "table:stock_moves, index:item_move(item_id, move_no)");
    Stream.of(List.of(table), List.of(noEstimate), List.<Map<String, String>>of())
        .map(TidbPlan::new)
        .forEach(
            plan -> {
              for (boolean hasCopies : new boolean[] {true, false}) {
                assertThat(plan.judge(LOOK_UP, hasCopies)).isEqualTo(Judgement.NOT_UNDERSTOOD);
                assertThat(plan.judge(AGGREGATE, hasCopies)).isEqualTo(Judgement.NOT_UNDERSTOOD);
              }
            });
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Judgement judge(PlannedStatement statement, Map<String, String>... rows) {
    return new TablePlan(List.of(rows)).judge(statement, false);
  }

  private static Map<String, String> row(
      String selectType, String table, String type, String key, String rows, String extra) {
    return Map.of(
        "select_type", selectType,
        "table", table,
        "type", type,
        "key", key,
        "rows", rows,
        "extra", extra);
  }
}
