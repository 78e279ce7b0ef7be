package io.stockledger.race.strategy;

/** What a strategy is known to do under concurrency. */
public enum Claim {
  /** Sells the whole stock, and not a unit more. */
  EXACT("be exact"),
  /** Sells more than the stock, or leaves half an order. */
  OVERSELLS("oversell"),
  /** Never sells more than the stock, but refuses buyers although enough is left. */
  TURNS_AWAY("never oversell");

  private final String words;

  Claim(String words) {
    this.words = words;
  }

  /** The claim as the end of the sentence "it should …". */
  public String text() {
    return words;
  }

  /** Returns the word for a verdict, which is luck if the strategy is known to oversell. */
  public String wordFor(Verdict verdict) {
    return this == OVERSELLS && verdict == Verdict.EXACT
        ? verdict.word() + " this time"
        : verdict.word();
  }

  /** Whether a verdict agrees with the claim. */
  public boolean keptBy(Verdict verdict) {
    return switch (this) {
      case EXACT -> verdict == Verdict.EXACT;
      case OVERSELLS -> true;
      case TURNS_AWAY -> verdict == Verdict.EXACT || verdict == Verdict.UNDERSOLD;
    };
  }
}
