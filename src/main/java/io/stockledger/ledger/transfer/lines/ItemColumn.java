package io.stockledger.ledger.transfer.lines;

import java.util.List;

/** The two columns of which a file has one, to name the items of its lines. */
public final class ItemColumn {
  public static final String ITEM_ID = "item_id";
  public static final String ITEM_CODE = "item_code";

  public static final List<String> NAMES = List.of(ITEM_ID, ITEM_CODE);

  private ItemColumn() {}
}
