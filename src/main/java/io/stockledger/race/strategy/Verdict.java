package io.stockledger.race.strategy;

/** What a race says about a strategy, from good to bad. */
public enum Verdict {
  /** Sold what there was to sell, and the database agrees with what the buyers were told. */
  EXACT("exact"),
  /** A buyer was turned away although enough for that buyer is left. */
  UNDERSOLD("undersold"),
  /** The buyers were told something else than the database says. */
  DISAGREES("DISAGREES"),
  /** More was sold than there was. */
  OVERSOLD("OVERSOLD");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** The word in the table and in JSON. */
  public String word() {
    return word;
  }
}
