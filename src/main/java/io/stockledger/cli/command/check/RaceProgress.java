package io.stockledger.cli.command.check;

import io.stockledger.cli.output.ItemProgress;
import io.stockledger.cli.output.Terminal;
import io.stockledger.race.RaceListener;
import io.stockledger.race.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress of a race on stderr: a bar on a terminal, otherwise one line per run. */
final class RaceProgress implements RaceListener, AutoCloseable {
  private static final int BAR_WIDTH = 78;

  private final Terminal terminal;
  private final int runs;
  private final Optional<ProgressBar> bar;
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
    this.bar =
        ItemProgress.stderrIsATerminal() ? Optional.of(bar(strategies * runs)) : Optional.empty();
  }

  private static ProgressBar bar(int steps) {
    return new ProgressBarBuilder()
        .setTaskName("race")
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH))
        .build();
  }

  @Override
  public void finished(RunResult result, int run) {
    String line = line(result, run, runs);
    if (bar.isEmpty()) {
      terminal.message(line);
      return;
    }
    bar.get().step();
    bar.get().setExtraMessage(result.strategy().word());
    if (!result.strategy().claim().keptBy(result.verdict())) {
      afterTheBar.add(line);
    }
  }

  private static String line(RunResult result, int run, int runs) {
    String refused =
        result.refused().entrySet().stream()
            .map(reason -> "; " + reason.getValue() + " refused: " + reason.getKey().words())
            .collect(Collectors.joining());
    String gaveUp =
        result.gaveUp() == 0 ? "" : "; " + result.gaveUp() + " given up after conflicts";
    String disagreements =
        result.disagreements().stream()
            .map(words -> "; but " + words)
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "Run %d of %d, %s: %s, sold %d of %d, %.1f a second%s%s%s.",
        run,
        runs,
        result.strategy().word(),
        result.strategy().claim().wordFor(result.verdict()),
        result.units().sold(),
        result.units().stock(),
        result.pace().perSecond(),
        refused,
        gaveUp,
        disagreements);
  }

  /** Ends the bar, and prints the lines that would have broken it. */
  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    afterTheBar.forEach(terminal::message);
  }
}
