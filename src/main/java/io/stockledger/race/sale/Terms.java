package io.stockledger.race.sale;

/**
 * What a race asks of every strategy.
 *
 * @param orderRow each sale writes a row into {@code race_order}, in one transaction with the
 *     taking of the stock
 * @param window the sale opens and closes by the database's clock; implies order rows, because the
 *     statement that writes the order row checks the window
 */
public record Terms(boolean orderRow, boolean window) {
  /** Neither order rows nor a window. */
  public static final Terms PLAIN = new Terms(false, false);

  public Terms {
    orderRow = orderRow || window;
  }
}
