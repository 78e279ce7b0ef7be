package io.stockledger.cli;

import io.stockledger.race.RaceListener;
import io.stockledger.race.RunResult;
import io.stockledger.race.strategy.RaceStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a race is, on stderr: a bar on a terminal, else a line for each run. */
final class RaceProgress implements RaceListener, AutoCloseable {
  private static final int BAR_WIDTH = 78;

  private final Terminal terminal;
  private final boolean showBar;
  private final List<String> afterTheBar = new ArrayList<>();
  private ProgressBar bar;

  RaceProgress(Terminal terminal) {
    this.terminal = terminal;
    this.showBar = stderrIsATerminal();
  }

  /** Java itself can only tell whether stdin and stdout both are one. */
  private static boolean stderrIsATerminal() {
    try {
      return new ProcessBuilder("test", "-t", "2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void leftOut(RaceStrategy strategy) {
    terminal.message(strategy.name().word() + " is left out: this server is not TiDB.");
  }

  @Override
  public void begins(int runs) {
    if (showBar) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("race")
              .setInitialMax(runs)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH))
              .build();
    }
  }

  @Override
  public void finished(RunResult result, int run, int runs) {
    String line = line(result, run, runs);
    if (bar == null) {
      terminal.message(line);
      return;
    }
    bar.step();
    bar.setExtraMessage(result.strategy().word());
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
        result.verdict().word(),
        result.sold(),
        result.stock(),
        result.perSecond(),
        refused,
        gaveUp,
        disagreements);
  }

  /** Ends the bar, and says what would have broken it. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    afterTheBar.forEach(terminal::message);
  }
}
