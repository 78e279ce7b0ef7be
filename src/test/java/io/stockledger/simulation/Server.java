package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Statement.AtNumbers;
import io.stockledger.simulation.Statement.InOneStatement;
import io.stockledger.simulation.Statement.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The database server: the next step of a statement that writes. */
final class Server {
  private final Set<Guard> guards;

  Server(Set<Guard> guards) {
    this.guards = guards;
  }

  /** How a statement goes on. */
  enum Progress {
    RUNNING,
    COMMITTED,
    NOTHING_INSERTED,
    DUPLICATE
  }

  /**
   * What the server did.
   *
   * @param rest the statement as it goes on if it is running
   * @param committed the rows that were committed by this step, in the order of the statement
   */
  record Reaction(Progress progress, Statement rest, List<Row> committed) {}

  /** Returns what the server may do next with the statement. */
  List<Reaction> react(Ledger ledger, Statement statement) {
    if (statement instanceof AtNumbers append) {
      return List.of(append(ledger, append));
    }
    return inOneStatement(ledger, (InOneStatement) statement);
  }

  private Reaction append(Ledger ledger, AtNumbers append) {
    List<Row> rows = append.rows();
    int from = append.executed();
    int to = guards.contains(Guard.WHOLE_STATEMENT) ? rows.size() : from + 1;
    Ledger after = ledger;
    List<Row> written = new ArrayList<>();
    for (Row asked : rows.subList(from, to)) {
      Row row = atNumber(after, asked);
      if (isDuplicate(after, row)) {
        return new Reaction(Progress.DUPLICATE, append, List.of());
      }
      after = after.with(row);
      written.add(row);
    }
    return new Reaction(
        to == rows.size() ? Progress.COMMITTED : Progress.RUNNING,
        new AtNumbers(rows, to),
        List.copyOf(written));
  }

  /** Without compare and append the server numbers the row by what is there. */
  private Row atNumber(Ledger ledger, Row row) {
    return guards.contains(Guard.COMPARE_AND_APPEND)
        ? row
        : numbered(row, ledger.latest(row.item()));
  }

  private static Row numbered(Row row, Latest latest) {
    Latest next = latest.followedBy(row.units());
    return new Row(
        row.item(), next.number(), row.units(), next.stock(), row.id(), row.line(), row.user());
  }

  private boolean isDuplicate(Ledger ledger, Row row) {
    return hasNumber(ledger, row)
        || (guards.contains(Guard.UNIQUE_REQUEST_LINE) && ledger.hasLine(row.id(), row.line()));
  }

  private boolean hasNumber(Ledger ledger, Row row) {
    return guards.contains(Guard.UNIQUE_ITEM_MOVE) && ledger.hasNumber(row.item(), row.number());
  }

  private List<Reaction> inOneStatement(Ledger ledger, InOneStatement statement) {
    Row asked = statement.asked();
    Latest latest = ledger.latest(asked.item());
    return switch (statement.phase()) {
      case SENT ->
          List.of(asked.units() < -latest.stock() ? nothing(statement) : read(asked, latest));
      case STOCK_IS_READ -> {
        Latest mixed = new Latest(latest.number(), statement.read().stock());
        yield List.of(running(new InOneStatement(asked, Phase.IS_READ, mixed)));
      }
      case IS_READ -> inserts(ledger, statement);
    };
  }

  private Reaction read(Row asked, Latest latest) {
    Phase next =
        guards.contains(Guard.ONE_ROW_OF_THE_LATEST_MOVE) ? Phase.IS_READ : Phase.STOCK_IS_READ;
    return running(new InOneStatement(asked, next, latest));
  }

  private List<Reaction> inserts(Ledger ledger, InOneStatement statement) {
    Row asked = statement.asked();
    Row row = numbered(asked, statement.read());
    if (!isDuplicate(ledger, row)) {
      return List.of(new Reaction(Progress.COMMITTED, statement, List.of(row)));
    }
    Reaction failed = new Reaction(Progress.DUPLICATE, statement, List.of());
    // TiDB may run the statement again by itself.
    return hasNumber(ledger, row)
        ? List.of(failed, running(new InOneStatement(asked, Phase.SENT, Latest.NONE)))
        : List.of(failed);
  }

  private static Reaction nothing(Statement statement) {
    return new Reaction(Progress.NOTHING_INSERTED, statement, List.of());
  }

  private static Reaction running(Statement rest) {
    return new Reaction(Progress.RUNNING, rest, List.of());
  }
}
