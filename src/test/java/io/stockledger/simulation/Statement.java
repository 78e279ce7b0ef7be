package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import java.util.List;
import java.util.Optional;

/** A statement that writes, and how far the server has come with it. */
sealed interface Statement {

  /**
   * INSERT … VALUES at numbers that the writer chose, and what goes with it in one transaction.
   *
   * @param executed how many rows are written; always 0 where all is written whole
   * @param isComplete whether each hold that was to be committed was found in time so far
   */
  record AtNumbers(List<Row> rows, List<Beside> beside, int executed, boolean isComplete)
      implements Statement {

    static AtNumbers of(List<Row> rows, List<Beside> beside) {
      return new AtNumbers(rows, beside, 0, true);
    }

    /** Whether the server has yet to find the holds that are to be committed. */
    boolean hasCommits() {
      return beside.stream().anyMatch(Beside.Commit.class::isInstance);
    }

    boolean isEmpty() {
      return rows.isEmpty() && beside.isEmpty();
    }

    @Override
    public String toString() {
      return "INSERT "
          + rows
          + (beside.isEmpty() ? "" : " with " + beside)
          + (executed == 0 ? "" : ", " + executed + " of them written");
    }
  }

  /**
   * The commit of a hold in one statement, which decides by the server's clock.
   *
   * @param found the end to insert, once the server has found the hold in time
   */
  record OneCommit(Beside.Commit asked, Optional<Beside.End> found) implements Statement {
    @Override
    public String toString() {
      return asked + (found.isEmpty() ? "" : ", found in time");
    }
  }

  /**
   * INSERT … SELECT, which reads the latest move, decides, and inserts the next one. The server
   * reads and writes at different moments. The row of a hold goes with it in one transaction.
   */
  record InOneStatement(Row asked, boolean isHold, Phase phase, Latest read) implements Statement {
    InOneStatement at(Phase next, Latest latest) {
      return new InOneStatement(asked, isHold, next, latest);
    }

    @Override
    public String toString() {
      String sent =
          "INSERT … SELECT %+d of item %d (%s%s)"
              .formatted(asked.units(), asked.item(), isHold ? "hold " : "", asked.id());
      return phase == Phase.SENT
          ? sent
          : "%s, which has read no %d = %d".formatted(sent, read.number(), read.stock());
    }
  }

  /** How far the server has come with an INSERT … SELECT. */
  enum Phase {
    SENT,
    STOCK_IS_READ,
    IS_READ
  }
}
