package io.stockledger.race;

import java.util.List;
import java.util.concurrent.CancellationException;

/** A race that was told to stop before its last run, with the results of the runs before. */
public final class RaceStoppedException extends CancellationException {
  private static final long serialVersionUID = 1L;

  private final transient List<RaceRow> rows;
  private final int finishedRuns;
  private final boolean tablesAreRemoved;

  RaceStoppedException(List<RaceRow> rows, int finishedRuns, boolean tablesAreRemoved) {
    super("The race was stopped.");
    this.rows = rows;
    this.finishedRuns = finishedRuns;
    this.tablesAreRemoved = tablesAreRemoved;
  }

  /** One row per strategy that finished a run, over the runs that it finished. */
  public List<RaceRow> rows() {
    return rows;
  }

  /** The number of runs that were finished, of all strategies together. */
  public int finishedRuns() {
    return finishedRuns;
  }

  /** Whether the tables of the race are removed. */
  public boolean tablesAreRemoved() {
    return tablesAreRemoved;
  }
}
