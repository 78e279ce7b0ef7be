package io.stockledger.race.sale;

/** The answer to a buyer, with the number of tries that failed because of other buyers. */
public sealed interface Outcome {
  /** Tries that failed because of another buyer's write. */
  int conflicts();

  /** The same outcome after that many more conflicts. */
  Outcome after(int moreConflicts);

  /** The buyer has the goods. */
  record Sold(int conflicts) implements Outcome {
    @Override
    public Outcome after(int moreConflicts) {
      return new Sold(conflicts + moreConflicts);
    }
  }

  /** The buyer is refused, for a reason. */
  record Refused(RefusalReason reason, int conflicts) implements Outcome {
    @Override
    public Outcome after(int moreConflicts) {
      return new Refused(reason, conflicts + moreConflicts);
    }
  }

  /** All tries failed because of other buyers: "conflict, please try again". */
  record GaveUp(int conflicts) implements Outcome {
    @Override
    public Outcome after(int moreConflicts) {
      return new GaveUp(conflicts + moreConflicts);
    }
  }

  static Outcome sold() {
    return new Sold(0);
  }

  static Outcome refused(RefusalReason reason) {
    return new Refused(reason, 0);
  }
}
