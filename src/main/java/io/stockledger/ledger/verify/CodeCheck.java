package io.stockledger.ledger.verify;

import io.stockledger.ledger.item.ItemText;
import io.stockledger.ledger.verify.LedgerScan.Stretch;
import io.stockledger.text.CodeIdentity;
import io.stockledger.text.PrintableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The check of invariant 7: each item's {@code code_identity} is that of its code, and the code is
 * one that add-item accepts. That no two items have the same identity is what the key is for.
 *
 * <p>The check is right beside traffic, because a code is changed together with its identity, by
 * one statement.
 */
final class CodeCheck {
  static final String CODES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[items]) */ item_id, item_code, code_identity
      FROM items
      WHERE item_id >= ? AND item_id <= ?
      ORDER BY item_id
      LIMIT ?
      """;

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  CodeCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  /**
   * The code of an item.
   *
   * @param identity what the table has; empty if it is NULL
   */
  private record Code(long itemId, String code, Optional<String> identity) {}

  void run(ItemRange items) {
    scan.walk(items.first(), (from, moves) -> read(from, items.last()), this::check);
  }

  private Stretch<Long, Code> read(long from, long lastItem) {
    List<Code> codes = scan.lookUp(CODES, CodeCheck::code, from, lastItem, LedgerScan.MOST_ROWS);
    long readTo =
        codes.size() == LedgerScan.MOST_ROWS ? codes.get(codes.size() - 1).itemId() : lastItem;
    return new Stretch<>(codes, readTo == lastItem ? Optional.empty() : Optional.of(readTo + 1));
  }

  private static Code code(ResultSet row) throws SQLException {
    return new Code(
        row.getLong("item_id"),
        row.getString("item_code"),
        Optional.ofNullable(row.getString("code_identity")));
  }

  private void check(Code item) {
    String expected = CodeIdentity.of(item.code());
    if (!item.identity().equals(Optional.of(expected))) {
      report(
          item,
          "code_identity",
          item.identity().map(PrintableText::quotedVisibly).orElse("NULL"),
          PrintableText.quotedVisibly(expected));
    }
    if (ItemText.faultOfCode(item.code()).isPresent()) {
      report(
          item,
          "item_code",
          PrintableText.quotedVisibly(item.code()),
          "a code that add-item accepts");
    }
  }

  private void report(Code item, String subject, String found, String expected) {
    findings.accept(Finding.ofItem(Invariant.ITEM_CODES, item.itemId(), subject, found, expected));
  }
}
