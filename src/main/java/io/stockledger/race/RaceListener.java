package io.stockledger.race;

/** Is told of each run of a race when the run has ended. */
@FunctionalInterface
public interface RaceListener {
  /**
   * Takes the result of a run.
   *
   * @param run the number of the strategy's run, from 1
   */
  void finished(RunResult result, int run);
}
