package io.stockledger.cli.command;

import io.stockledger.cli.metrics.MetricsFile;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.file.FileFailure;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The option that names a file for the metrics of a command's last run. */
public final class MetricsOption {
  private final Value<Path> file;
  private final CommandContext context;
  private final List<MetricsFile.Count> counts = new ArrayList<>();

  public MetricsOption(Options options, CommandContext context) {
    this.context = context;
    file =
        options.file(
            "--metrics",
            "Write the metrics of this run to the file when it ends, also if it fails, in the text"
                + " form of Prometheus.");
  }

  /**
   * Begins a run, before the command does anything that may fail.
   *
   * @param command the value of the label of each metric
   */
  public void begin(String command) {
    if (file.isGiven()) {
      long begin = System.nanoTime();
      context.afterwards(
          status ->
              write(
                  new MetricsFile(file.get(), command),
                  new MetricsFile.Run(
                      status,
                      Instant.now(),
                      Duration.ofNanos(System.nanoTime() - begin),
                      List.copyOf(counts))));
    }
  }

  /** Takes note of what the run did. A run that fails before has no such metric. */
  public void count(String name, String help, long value) {
    counts.add(new MetricsFile.Count(name, help, value));
  }

  /** What the command did is done, so its status stays, whatever becomes of the file. */
  private void write(MetricsFile metrics, MetricsFile.Run run) {
    try {
      metrics.write(run);
    } catch (IOException e) {
      context
          .terminal()
          .message(
              "Could not write the metrics file %s: %s. The status is that of the command."
                  .formatted(PrintableText.quoted(file.get().toString()), FileFailure.reason(e)));
    }
  }
}
