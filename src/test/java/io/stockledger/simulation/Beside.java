package io.stockledger.simulation;

import io.stockledger.simulation.Request.Line;
import java.util.List;

/** What a transaction writes beside moves. */
sealed interface Beside {

  /** That of the hold, or of the request for the count. */
  String id();

  /** On whose behalf it is written; no column, but what the promises are about. */
  int user();

  /** The row of a hold. */
  record Hold(String id, int user) implements Beside {
    @Override
    public String toString() {
      return "hold " + id;
    }
  }

  /**
   * The row of the end of a hold.
   *
   * @param isLate whether the time of the hold was over
   */
  record End(String id, Outcome outcome, boolean isLate, int user) implements Beside {
    @Override
    public String toString() {
      return "hold %s is %s%s".formatted(id, outcome, isLate ? " late" : "");
    }
  }

  /** INSERT … SELECT of the end of a hold whose time is not over when the server reads. */
  record Commit(String id, int user) implements Beside {
    @Override
    public String toString() {
      return "commit of hold " + id;
    }
  }

  /**
   * A count.
   *
   * @param ledgerStock what it was compared with: the stock after the move of the number
   */
  record Count(String id, int item, int counted, int ledgerStock, int number, int user)
      implements Beside {

    /** The moves that correct the ledger: one, or none if there is no difference. */
    List<Line> correction() {
      int difference = counted - ledgerStock;
      return difference == 0 ? List.of() : List.of(new Line(item, difference));
    }

    @Override
    public String toString() {
      return "count %s: %d of item %d, compared with no %d = %d"
          .formatted(id, counted, item, number, ledgerStock);
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
