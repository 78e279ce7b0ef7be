package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Statement.AtNumbers;
import io.stockledger.simulation.Statement.InOneStatement;
import io.stockledger.simulation.Statement.OneCommit;
import io.stockledger.simulation.Statement.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param rest the statement as it goes on if it is running, or as it ended
   * @param committed the rows that were committed by this step, in the order of the statement
   * @param beside what was committed with them
   */
  record Reaction(Progress progress, Statement rest, List<Row> committed, List<Beside> beside) {}

  /**
   * Returns what the server may do next with the statement.
   *
   * @param isOver whether the time of the holds is over, by its clock
   */
  List<Reaction> react(Ledger ledger, boolean isOver, Statement statement) {
    if (statement instanceof AtNumbers append) {
      return List.of(
          append.hasCommits()
              ? running(found(ledger, isOver, append))
              : append(ledger, isOver, append));
    }
    return statement instanceof OneCommit commit
        ? List.of(commit(ledger, isOver, commit))
        : inOneStatement(ledger, isOver, (InOneStatement) statement);
  }

  private Reaction append(Ledger ledger, boolean isOver, AtNumbers append) {
    int rows = append.rows().size();
    int all = rows + append.beside().size();
    int from = append.executed();
    int to = all;
    if (!guards.contains(Guard.WHOLE_STATEMENT)) {
      to = Math.min(all, from + 1);
    } else if (!guards.contains(Guard.ONE_TRANSACTION)) {
      to = from < rows ? rows : Math.min(all, from + 1);
    }
    Ledger after = ledger;
    List<Row> written = new ArrayList<>();
    for (Row asked : append.rows().subList(Math.min(from, rows), Math.min(to, rows))) {
      Row row = atNumber(after, asked);
      if (isDuplicate(after, row)) {
        return duplicate(append);
      }
      after = after.with(row);
      written.add(row);
    }
    List<Beside> beside = new ArrayList<>();
    for (Beside asked : append.beside().subList(Math.max(from - rows, 0), Math.max(to - rows, 0))) {
      if (isDuplicate(after, asked)) {
        return duplicate(append);
      }
      Beside row = atTime(asked, isOver);
      after = after.with(row);
      beside.add(row);
    }
    return new Reaction(
        to == all ? Progress.COMMITTED : Progress.RUNNING,
        new AtNumbers(append.rows(), append.beside(), to, append.isComplete()),
        List.copyOf(written),
        List.copyOf(beside));
  }

  /** Finds the holds to commit; a hold of the same transaction is found as well. */
  private AtNumbers found(Ledger ledger, boolean isOver, AtNumbers append) {
    List<Beside> beside = new ArrayList<>();
    boolean isComplete = append.isComplete();
    for (Beside row : append.beside()) {
      if (row instanceof Beside.Commit commit) {
        boolean isNew =
            append.beside().stream()
                .anyMatch(other -> other instanceof Beside.Hold && other.id().equals(commit.id()));
        Optional<Beside.End> end = end(ledger, isOver, commit, isNew);
        end.ifPresent(beside::add);
        isComplete &= end.isPresent();
      } else {
        beside.add(row);
      }
    }
    return new AtNumbers(append.rows(), List.copyOf(beside), append.executed(), isComplete);
  }

  private Optional<Beside.End> end(
      Ledger ledger, boolean isOver, Beside.Commit commit, boolean isNew) {
    boolean isThere = isNew || ledger.hasHold(commit.id());
    boolean isInTime = !isOver || !guards.contains(Guard.CLOCK_IN_THE_STATEMENT);
    return isThere && isInTime
        ? Optional.of(new Beside.End(commit.id(), Beside.Outcome.COMMITTED, isOver, commit.user()))
        : Optional.empty();
  }

  private Reaction commit(Ledger ledger, boolean isOver, OneCommit commit) {
    if (commit.found().isEmpty()) {
      Optional<Beside.End> found = end(ledger, isOver, commit.asked(), false);
      return found.isEmpty() ? nothing(commit) : running(new OneCommit(commit.asked(), found));
    }
    Beside.End end = commit.found().get();
    return isDuplicate(ledger, end)
        ? duplicate(commit)
        : new Reaction(Progress.COMMITTED, commit, List.of(), List.of(end));
  }

  /** An end that gives back has the time at which it is written. */
  private static Beside atTime(Beside row, boolean isOver) {
    return row instanceof Beside.End end && end.outcome().givesBack()
        ? new Beside.End(end.id(), end.outcome(), isOver, end.user())
        : row;
  }

  private boolean isDuplicate(Ledger ledger, Beside row) {
    if (row instanceof Beside.Count) {
      return guards.contains(Guard.UNIQUE_COUNT) && !ledger.counts(row.id()).isEmpty();
    }
    return row instanceof Beside.End
        ? guards.contains(Guard.UNIQUE_END) && ledger.end(row.id()).isPresent()
        : ledger.hasHold(row.id());
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

  private List<Reaction> inOneStatement(Ledger ledger, boolean isOver, InOneStatement statement) {
    Row asked = statement.asked();
    Latest latest = ledger.latest(asked.item());
    return switch (statement.phase()) {
      case SENT ->
          List.of(
              asked.units() < -latest.stock()
                  ? notMoved(ledger, statement)
                  : running(read(statement, latest)));
      case STOCK_IS_READ -> {
        Latest mixed = new Latest(latest.number(), statement.read().stock());
        yield List.of(running(statement.at(Phase.IS_READ, mixed)));
      }
      case IS_READ -> inserts(ledger, isOver, statement);
    };
  }

  private InOneStatement read(InOneStatement statement, Latest latest) {
    return statement.at(
        guards.contains(Guard.ONE_ROW_OF_THE_LATEST_MOVE) ? Phase.IS_READ : Phase.STOCK_IS_READ,
        latest);
  }

  /** Without the guard the row of the hold is inserted all the same. */
  private Reaction notMoved(Ledger ledger, InOneStatement statement) {
    if (!statement.isHold() || guards.contains(Guard.A_HOLD_ONLY_WITH_ITS_MOVE)) {
      return nothing(statement);
    }
    Beside hold = hold(statement);
    return isDuplicate(ledger, hold)
        ? duplicate(statement)
        : new Reaction(Progress.NOTHING_INSERTED, statement, List.of(), List.of(hold));
  }

  private static Beside hold(InOneStatement statement) {
    return new Beside.Hold(statement.asked().id(), statement.asked().user());
  }

  private List<Reaction> inserts(Ledger ledger, boolean isOver, InOneStatement statement) {
    Row row = numbered(statement.asked(), statement.read());
    if (!isDuplicate(ledger, row)) {
      List<Beside> beside = statement.isHold() ? List.of(hold(statement)) : List.of();
      return List.of(append(ledger, isOver, AtNumbers.of(List.of(row), beside)));
    }
    Reaction failed = duplicate(statement);
    // TiDB may run the statement again by itself.
    return hasNumber(ledger, row)
        ? List.of(failed, running(statement.at(Phase.SENT, Latest.NONE)))
        : List.of(failed);
  }

  private static Reaction nothing(Statement statement) {
    return new Reaction(Progress.NOTHING_INSERTED, statement, List.of(), List.of());
  }

  private static Reaction duplicate(Statement statement) {
    return new Reaction(Progress.DUPLICATE, statement, List.of(), List.of());
  }

  private static Reaction running(Statement rest) {
    return new Reaction(Progress.RUNNING, rest, List.of(), List.of());
  }
}
