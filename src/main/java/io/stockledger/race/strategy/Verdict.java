package io.stockledger.race.strategy;

/** The judgement of a race on a strategy, from good to bad. */
public enum Verdict {
  /** The stock was sold, and the database agrees with what the buyers were told. */
  EXACT("exact"),
  /** A buyer was refused although enough for that buyer is left. */
  UNDERSOLD("undersold"),
  /** The database differs from what the buyers were told. */
  DISAGREES("DISAGREES"),
  /** Of an order some lines were written and the others were not. */
  HALVES("HALVES"),
  /** More than the stock was sold. */
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
