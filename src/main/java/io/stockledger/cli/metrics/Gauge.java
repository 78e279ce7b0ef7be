package io.stockledger.cli.metrics;

import java.util.List;

/**
 * A metric that may go up and down.
 *
 * @param name begins with stock_ and ends with the unit, if it has one
 * @param help what it means. The same for each use of the name: a reader of several files, such as
 *     the textfile collector of node_exporter, reports one name with two meanings as an error.
 * @param samples none if nothing is known of it; it is left out then
 */
public record Gauge(String name, String help, List<Sample> samples) {

  /**
   * A value of a metric.
   *
   * @param label the name of its one label; empty if it has none
   * @param of the value of the label
   */
  public record Sample(String label, String of, double value) {}

  /** Makes a gauge of a number without a label. All numbers of Prometheus are doubles. */
  public static Gauge of(String name, String help, long value) {
    return new Gauge(name, help, List.of(new Sample("", "", (double) value)));
  }

  /** Makes a gauge of a command. */
  static Gauge ofCommand(String command, String name, String help, double value) {
    return new Gauge(name, help, List.of(new Sample("command", command, value)));
  }
}
