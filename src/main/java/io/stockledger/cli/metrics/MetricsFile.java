package io.stockledger.cli.metrics;

import io.stockledger.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A file with the metrics of the last run of a command, which is replaced whole at the end of each
 * run. A run that fails keeps the time of the last success, which the file itself remembers.
 */
public final class MetricsFile {
  private static final String LAST_SUCCESS = "stock_last_success_timestamp_seconds";

  /** Far more than a file has that was written here. */
  private static final int MOST_BYTES = 65_536;

  private final Path path;
  private final String command;

  /**
   * Makes the file of a command. Neither reads nor writes it.
   *
   * @param command the value of the label of each metric
   */
  public MetricsFile(Path path, String command) {
    this.path = path;
    this.command = command;
  }

  /**
   * A number of what a run did.
   *
   * @param name begins with stock_ and the command
   */
  public record Count(String name, String help, long value) {}

  /**
   * The end of a run.
   *
   * @param counts none if the run failed before it had any
   */
  public record Run(int status, Instant end, Duration duration, List<Count> counts) {
    private boolean isSuccess() {
      return status == 0;
    }
  }

  /**
   * Replaces the file.
   *
   * @throws IOException if that is not possible; a file that was there stays as it was
   */
  public void write(Run run) throws IOException {
    WholeFile.write(path, MetricsText.of(gauges(run)));
  }

  private List<Gauge> gauges(Run run) {
    double end = seconds(Duration.between(Instant.EPOCH, run.end()));
    List<Gauge> gauges = new ArrayList<>();
    gauges.add(
        gauge(
            "stock_last_run_success",
            "Whether the last run of the command ended with status 0.",
            run.isSuccess() ? 1 : 0));
    gauges.add(
        gauge("stock_last_run_exit_status", "The exit status of the last run.", run.status()));
    gauges.add(gauge("stock_last_run_timestamp_seconds", "When the last run ended.", end));
    gauges.add(
        gauge(
            "stock_last_run_duration_seconds",
            "How long the last run took.",
            seconds(run.duration())));
    OptionalDouble success = run.isSuccess() ? OptionalDouble.of(end) : lastSuccess();
    success.ifPresent(
        time ->
            gauges.add(gauge(LAST_SUCCESS, "When the last run ended that had status 0.", time)));
    run.counts()
        .forEach(count -> gauges.add(gauge(count.name(), count.help(), (double) count.value())));
    return gauges;
  }

  private Gauge gauge(String name, String help, double value) {
    return Gauge.ofCommand(command, name, help, value);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** Reads the time of the last success in the file that is to be replaced. */
  private OptionalDouble lastSuccess() {
    String begin = LAST_SUCCESS + "{command=\"" + command + "\"} ";
    try {
      // Nothing can be read again from a pipe or a terminal.
      if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
        return OptionalDouble.empty();
      }
      return Files.readAllLines(path).stream()
          .filter(line -> line.startsWith(begin))
          .map(line -> line.substring(begin.length()))
          .filter(value -> value.matches("[0-9]{1,15}(\\.[0-9]{1,15})?(E[0-9]{1,2})?"))
          .mapToDouble(Double::parseDouble)
          .findFirst();
    } catch (IOException e) {
      // Such as a file that another program wrote. It is replaced, if that is possible.
      return OptionalDouble.empty();
    }
  }
}
