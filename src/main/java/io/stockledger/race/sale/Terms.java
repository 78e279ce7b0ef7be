package io.stockledger.race.sale;

/**
 * What is asked of every strategy alike.
 *
 * @param orderRow each sale writes a row into {@code race_order}, in one transaction with the
 *     taking of the stock
 * @param window the sale opens and closes by the database's clock. The order row is what the window
 *     is checked with, so a window asks for order rows too.
 */
public record Terms(boolean orderRow, boolean window) {
  /** Each strategy as it is by itself. */
  public static final Terms PLAIN = new Terms(false, false);

  public Terms {
    orderRow = orderRow || window;
  }
}
