package io.stockledger.race;

import io.stockledger.race.strategy.RaceStrategy;

/** Is told how a race goes on. */
public interface RaceListener {
  /** A strategy is not run on this kind of server. */
  void leftOut(RaceStrategy strategy);

  /**
   * The first run begins.
   *
   * @param runs of all strategies together
   */
  void begins(int runs);

  /**
   * A run is over.
   *
   * @param run 1, 2, 3 …
   * @param runs how many each strategy gets
   */
  void finished(RunResult result, int run, int runs);

  /** Tells nobody. */
  static RaceListener silent() {
    return new RaceListener() {
      @Override
      public void leftOut(RaceStrategy strategy) {}

      @Override
      public void begins(int runs) {}

      @Override
      public void finished(RunResult result, int run, int runs) {}
    };
  }
}
