package io.stockledger.race.sale;

/** How a number of units is dealt out over several rows. */
public final class Stripes {
  private Stripes() {}

  /** The units of one stripe; the first stripes take what does not divide. */
  public static long share(long units, int stripes, int stripe) {
    return units / stripes + (stripe < units % stripes ? 1 : 0);
  }
}
