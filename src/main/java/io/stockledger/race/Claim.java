package io.stockledger.race;

/** What a strategy is known to do when many buy at once. */
public enum Claim {
  /** Sells what there is, and not a unit more. */
  EXACT,
  /** Sells more than there is. */
  OVERSELLS,
  /** Never sells more than there is, but turns buyers away while there is enough for them. */
  TURNS_AWAY;

  /** Whether a verdict is what this claim promises. */
  public boolean keptBy(Verdict verdict) {
    return switch (this) {
      case EXACT -> verdict == Verdict.EXACT;
      case OVERSELLS -> true;
      case TURNS_AWAY -> verdict == Verdict.EXACT || verdict == Verdict.UNDERSOLD;
    };
  }
}
