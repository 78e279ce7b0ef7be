package io.stockledger.ledger.tiflash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.ListStatements;
import io.stockledger.ledger.tiflash.Tiflash.Replica;
import io.stockledger.ledger.verify.DayCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

class TiflashTest {

  @Test
  void removesAllHintsAndNothingElse() {
    assertThat(Tiflash.withoutHints(ClosingRepository.MOVEMENTS_OF_DAY))
        .isEqualTo(
            """
            SELECT
              moved.item_id,
              COALESCE(items.item_code, '') AS item_code, COALESCE(items.name, '') AS name,
              moved.additions, moved.removals, moved.moves
            FROM (
              SELECT item_id,
                SUM(CASE WHEN stock_increment > 0 THEN stock_increment ELSE 0 END) AS additions,
                SUM(CASE WHEN stock_increment < 0 THEN -stock_increment ELSE 0 END) AS removals,
                COUNT(*) AS moves
              FROM stock_moves
              WHERE book_date >= ? AND date = ?
              GROUP BY item_id
            ) AS moved
            LEFT JOIN items ON items.item_id = moved.item_id
            ORDER BY moved.item_id
            """);
    assertThat(Tiflash.withoutHints(ListStatements.CLOSINGS))
        .doesNotContain("/*")
        .contains("JOIN stock_moves_history AS closing")
        .contains("MAX(move_no) AS move_no");
  }

  @Test
  void turnsEachHintIntoOneForTikv() {
    assertThat(Tiflash.onTikv(ListStatements.CLOSINGS))
        .doesNotContain("TIFLASH")
        .contains("SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */")
        .contains("SELECT /*+ READ_FROM_STORAGE(TIKV[closing]) */");
    assertThat(Tiflash.onTikv(DayCheck.DAYS)).contains("READ_FROM_STORAGE(TIKV[moved, closing])");
  }

  @Test
  void isReadyOnceBothCopiesAreAvailableHoweverFarTheyLag() {
    Replica moves = new Replica("stock_moves", 1, true, 1);
    Replica history = new Replica("stock_moves_history", 2, true, 0.97);
    assertThat(Tiflash.areReady(List.of(moves, history))).isTrue();
    assertThat(Tiflash.areReady(List.of(moves))).isFalse();
    assertThat(Tiflash.areReady(List.of(moves, new Replica("stock_moves_history", 1, false, 1))))
        .isFalse();
  }
}
