package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import java.util.List;

/** A statement that writes, and how far the server has come with it. */
sealed interface Statement {

  /**
   * INSERT … VALUES at numbers that the writer chose.
   *
   * @param executed how many rows are written; always 0 where a statement is written whole
   */
  record AtNumbers(List<Row> rows, int executed) implements Statement {
    @Override
    public String toString() {
      return "INSERT " + rows + (executed == 0 ? "" : ", " + executed + " of them written");
    }
  }

  /**
   * INSERT … SELECT, which reads the latest move, decides, and inserts the next one. The server
   * reads and writes at different moments.
   */
  record InOneStatement(Row asked, Phase phase, Latest read) implements Statement {
    @Override
    public String toString() {
      String sent =
          "INSERT … SELECT %+d of item %d (%s)".formatted(asked.units(), asked.item(), asked.id());
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
