package io.stockledger.cli.command.check;

import io.stockledger.cli.output.Progress;
import io.stockledger.cli.output.Terminal;
import io.stockledger.race.RaceListener;
import io.stockledger.race.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The progress of a race on stderr: a bar on a terminal, otherwise one line per run. */
final class RaceProgress implements RaceListener, AutoCloseable {
  private final Terminal terminal;
  private final int runs;
  private final Progress bar;
  private final List<String> afterTheBar = new ArrayList<>();

  /**
   * Begins.
   *
   * @param strategies number of strategies
   * @param runs runs of each strategy
   */
  RaceProgress(Terminal terminal, int strategies, int runs) {
    this.terminal = terminal;
    this.runs = runs;
    this.bar = Progress.begin("race", () -> (long) strategies * runs);
  }

  @Override
  public void finished(RunResult result, int run) {
    String line = line(result, run, runs);
    if (!bar.isShown()) {
      terminal.message(line);
      return;
    }
    bar.stepBy(1);
    bar.label(result.strategy().word());
    if (!result.strategy().claim().keptBy(result.verdict())) {
      afterTheBar.add(line);
    }
  }

  private static String line(RunResult result, int run, int runs) {
    String refused =
        result.refused().entrySet().stream()
            .map(reason -> "; " + reason.getValue() + " refused: " + reason.getKey().text())
            .collect(Collectors.joining());
    String halves = result.halves() == 0 ? "" : "; halves: " + result.halves();
    String gaveUp =
        result.gaveUp() == 0 ? "" : "; " + result.gaveUp() + " given up after conflicts";
    String disagreements =
        result.disagreements().stream()
            .map(words -> "; but " + words)
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "Run %d of %d, %s: %s, sold %d of %d, %.1f a second%s%s%s%s.",
        run,
        runs,
        result.strategy().word(),
        result.strategy().claim().wordFor(result.verdict()),
        result.units().sold(),
        result.units().stock(),
        result.pace().perSecond(),
        refused,
        halves,
        gaveUp,
        disagreements);
  }

  /** Ends the bar, and prints the lines that would have broken it. */
  @Override
  public void close() {
    bar.close();
    afterTheBar.forEach(terminal::message);
  }
}
