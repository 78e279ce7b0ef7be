package io.stockledger.race.sale;

/**
 * How many items are for sale in a run, and how many of them a purchase takes.
 *
 * @param items at least 1
 * @param lines distinct items of a purchase, from 1 to the number of the items
 */
public record Assortment(int items, int lines) {
  /** One item, which every purchase takes. */
  public static final Assortment ONE_ITEM = new Assortment(1, 1);

  public Assortment {
    if (items < 1 || lines < 1) {
      throw new IllegalArgumentException("There must be at least 1 item and 1 line.");
    }
    if (lines > items) {
      throw new IllegalArgumentException("An order can't have more lines than there are items.");
    }
  }

  /** The same purchases of as few items as they can have: each takes all of them. */
  public Assortment smallest() {
    return new Assortment(lines, lines);
  }
}
