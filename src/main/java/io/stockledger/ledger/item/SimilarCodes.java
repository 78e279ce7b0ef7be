package io.stockledger.ledger.item;

import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.text.CodeIdentity;
import io.stockledger.text.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The codes of items that a mistyped code may stand for. */
final class SimilarCodes {

  /**
   * The neighbours of a code in the order of the key, on both sides: codes with the same beginning
   * are there. Two ranges of the key with a limit each, however many items there are.
   */
  static final String NEIGHBOURS =
      """
      SELECT neighbour.item_code
      FROM (
        (SELECT item_code
        FROM items FORCE INDEX (code_identity)
        WHERE code_identity >= ?
        ORDER BY code_identity
        LIMIT ?)
        UNION ALL
        (SELECT item_code
        FROM items FORCE INDEX (code_identity)
        WHERE code_identity < ?
        ORDER BY code_identity DESC
        LIMIT ?)
      ) AS neighbour
      """;

  private static final int ON_EACH_SIDE = 500;

  private final Retry retry;

  SimilarCodes(Retry retry) {
    this.retry = retry;
  }

  /** Returns the similar codes, the nearest first; the one that differs in case only, if any. */
  List<String> of(String itemCode) {
    String identity = CodeIdentity.of(itemCode);
    Map<String, String> codes = new LinkedHashMap<>();
    retry
        .run(
            connection ->
                Sql.rows(
                    connection,
                    NEIGHBOURS,
                    row -> row.getString("item_code"),
                    identity,
                    ON_EACH_SIDE,
                    identity,
                    ON_EACH_SIDE))
        .forEach(code -> codes.put(CodeIdentity.of(code), code));
    return codes.containsKey(identity)
        ? List.of(codes.get(identity))
        : Suggestions.similar(identity, codes.keySet().stream()).stream().map(codes::get).toList();
  }
}
