package io.stockledger.race.sale;

/** The distribution of units over several rows. */
public final class Stripes {
  private Stripes() {}

  /** Returns the units of one stripe; the first stripes hold the remainder. */
  public static long share(long units, int stripes, int stripe) {
    return units / stripes + (stripe < units % stripes ? 1 : 0);
  }
}
