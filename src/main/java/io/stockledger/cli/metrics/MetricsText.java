package io.stockledger.cli.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text form of metrics, by the library of Prometheus, which keeps the rules of names and of
 * escaping. Only a command that writes metrics loads it.
 */
public final class MetricsText {
  private MetricsText() {}

  /** Returns the text, sorted by name, with a line of help and one of the type for each name. */
  public static String of(List<Gauge> gauges) {
    MetricSnapshots snapshots =
        new MetricSnapshots(
            gauges.stream()
                .filter(gauge -> !gauge.samples().isEmpty())
                .map(MetricsText::snapshot)
                .toArray(MetricSnapshot[]::new));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, snapshots);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static GaugeSnapshot snapshot(Gauge gauge) {
    GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(gauge.name()).help(gauge.help());
    for (Gauge.Sample sample : gauge.samples()) {
      snapshot.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(
                  sample.label().isEmpty() ? Labels.EMPTY : Labels.of(sample.label(), sample.of()))
              .value(sample.value())
              .build());
    }
    return snapshot.build();
  }
}
