package io.stockledger.stream;

import io.stockledger.stream.operation.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.AtomicHistogram;

/** What a stream tells of itself, since it began. */
final class Statistics {
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final Instant since = Instant.now();
  private final AtomicLong clients = new AtomicLong();
  private final AtomicLong groups = new AtomicLong();
  private final AtomicHistogram micros = new AtomicHistogram(LONGEST_MICROS, 2);

  void clientCame() {
    clients.incrementAndGet();
  }

  void clientWent() {
    clients.decrementAndGet();
  }

  void groupDone() {
    groups.incrementAndGet();
  }

  void answered(long nanos) {
    micros.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  Answer.Status status() {
    return new Answer.Status(
        since, clients.get(), micros.getTotalCount(), groups.get(), micros(50), micros(99));
  }

  private Duration micros(double percentile) {
    return Duration.of(
        micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile),
        ChronoUnit.MICROS);
  }
}
