package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Run.Kind;
import io.stockledger.simulation.Run.Waits;
import io.stockledger.simulation.Statement.AtNumbers;
import io.stockledger.simulation.Statement.InOneStatement;
import io.stockledger.simulation.Statement.OneCommit;
import java.util.List;

/** Which tries that failed by a duplicate key were made in vain. */
final class NeedlessTries {
  private final Scenario scenario;

  NeedlessTries(Scenario scenario) {
    this.scenario = scenario;
  }

  /**
   * Whether the try failed by a key that was there when it began, and the writer could know: by the
   * first duplicate it learns to look up and to read, and by a loss to look up. Or it failed by a
   * number that its own process took at the same time.
   */
  boolean isNeedless(World world, Run run) {
    Statement failed = ((Waits) run.step()).statement();
    List<Row> rows = rows(failed);
    Ledger ledger = world.ledger();
    boolean isMade =
        rows.stream().anyMatch(row -> ledger.hasLine(row.id(), row.line()))
            || beside(failed).stream().anyMatch(row -> isThere(ledger, row));
    History history = run.history();
    return (!history.isHindered() && (history.afterDuplicate() || (history.afterLoss() && isMade)))
        || rows.stream().anyMatch(row -> isTakenByItsQueue(world, row));
  }

  private static boolean isThere(Ledger ledger, Beside row) {
    return row instanceof Beside.Count
        ? !ledger.counts(row.id()).isEmpty()
        : ledger.end(row.id()).isPresent();
  }

  private static List<Row> rows(Statement statement) {
    if (statement instanceof InOneStatement one) {
      return List.of(one.asked());
    }
    return statement instanceof AtNumbers append ? append.rows() : List.of();
  }

  private static List<Beside> beside(Statement statement) {
    if (statement instanceof OneCommit one) {
      return List.of(one.asked());
    }
    return statement instanceof AtNumbers append ? append.beside() : List.of();
  }

  /** Whether an append of the same queue has the number; after faults and beside leaders it may. */
  private boolean isTakenByItsQueue(World world, Row row) {
    boolean isWithoutFault =
        world.lossesLeft() == scenario.limits().losses()
            && world.errorsLeft() == scenario.limits().errors()
            && world.runs().stream()
                .map(Run::kind)
                .noneMatch(kind -> kind == Kind.ON_ITS_OWN || kind == Kind.OVERTAKES);
    return isWithoutFault
        && scenario.teams().stream()
            .filter(team -> team.kind() == Kind.QUEUED && team.users().contains(row.user()))
            .anyMatch(queue -> world.ledger().hasNumberOf(row, queue.users()));
  }
}
