package io.stockledger.simulation;

/** What a transaction writes beside moves. */
sealed interface Beside {

  String holdId();

  /** On whose behalf it is written; no column, but what the promises are about. */
  int user();

  /** The row of a hold. */
  record Hold(String holdId, int user) implements Beside {
    @Override
    public String toString() {
      return "hold " + holdId;
    }
  }

  /**
   * The row of the end of a hold.
   *
   * @param isLate whether the time of the hold was over
   */
  record End(String holdId, Outcome outcome, boolean isLate, int user) implements Beside {
    @Override
    public String toString() {
      return "hold %s is %s%s".formatted(holdId, outcome, isLate ? " late" : "");
    }
  }

  /** INSERT … SELECT of the end of a hold whose time is not over when the server reads. */
  record Commit(String holdId, int user) implements Beside {
    @Override
    public String toString() {
      return "commit of hold " + holdId;
    }
  }

  /** How a hold ended. */
  enum Outcome {
    COMMITTED,
    RELEASED,
    EXPIRED;

    /** Whether the units of the hold are back in the stock. */
    boolean givesBack() {
      return this != COMMITTED;
    }
  }
}
