package io.stockledger.race.strategy;

/** What a strategy is known to do when many buy at once. */
public enum Claim {
  /** Sells what there is, and not a unit more. */
  EXACT("be exact"),
  /** Sells more than there is. */
  OVERSELLS("oversell"),
  /** Never sells more than there is, but turns buyers away while there is enough for them. */
  TURNS_AWAY("never oversell");

  private final String words;

  Claim(String words) {
    this.words = words;
  }

  /** What it should do, for a person. */
  public String words() {
    return words;
  }

  /** Whether a verdict is what this claim promises. */
  public boolean keptBy(Verdict verdict) {
    return switch (this) {
      case EXACT -> verdict == Verdict.EXACT;
      case OVERSELLS -> true;
      case TURNS_AWAY -> verdict == Verdict.EXACT || verdict == Verdict.UNDERSOLD;
    };
  }
}
