package io.stockledger.race.sale;

/** What a buyer is told, and how many tries were lost to other buyers on the way. */
public sealed interface Outcome {
  /** Tries that another buyer's write brought to nothing. */
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

  /** All tries were lost to other buyers: "conflict, please try again". */
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
