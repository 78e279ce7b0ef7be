package io.stockledger.cli.command.setup;

import io.stockledger.cli.metrics.Gauge;
import io.stockledger.cli.metrics.Gauge.Sample;
import io.stockledger.cli.metrics.MetricsText;
import io.stockledger.db.Database;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DueClosings;
import io.stockledger.ledger.setup.LedgerStatus;
import io.stockledger.ledger.tiflash.Tiflash;
import io.stockledger.text.Today;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The metrics of a ledger at this time. */
final class StatusMetrics {
  private StatusMetrics() {}

  /**
   * Returns the text.
   *
   * @param ledger empty if it is not set up
   */
  static String of(Database database, Optional<LedgerStatus> ledger) {
    List<Gauge> gauges = new ArrayList<>();
    gauges.add(
        Gauge.of(
            "stock_ledger_set_up",
            "Whether the tables of the ledger are there.",
            ledger.isPresent() ? 1 : 0));
    ledger.ifPresent(
        status -> {
          gauges.addAll(counts(status));
          gauges.addAll(closings(database, status.lastClosing()));
          gauges.addAll(copies(LedgerStatus.copies(database)));
        });
    return MetricsText.of(gauges);
  }

  private static List<Gauge> counts(LedgerStatus ledger) {
    return List.of(
        Gauge.of("stock_items", "Items of the ledger.", ledger.items()),
        Gauge.of("stock_moves", "Moves of the ledger.", ledger.moves()),
        Gauge.of("stock_holds_open", "Holds that have no end yet.", ledger.holds().open()),
        Gauge.of(
            "stock_holds_overdue",
            "Open holds whose time is over, which release-hold --expired releases.",
            ledger.holds().overdue()));
  }

  private static List<Gauge> closings(Database database, Optional<LocalDate> lastClosing) {
    LocalDate today = Today.date();
    // The day that is not over has no closings yet.
    DueClosings.Totals due = new ClosingRepository(database, notice -> {}).due(today.minusDays(1));
    List<Gauge> gauges = new ArrayList<>();
    gauges.add(
        Gauge.of(
            "stock_closings_missing",
            "Closings up to yesterday that run-batch has yet to write.",
            due.missing()));
    gauges.add(
        Gauge.of(
            "stock_closings_stale",
            "Closings up to yesterday that run-batch has yet to write again.",
            due.stale()));
    lastClosing.ifPresent(
        day ->
            gauges.add(
                Gauge.of(
                    "stock_last_closing_age_days",
                    "Days from the last day that has a closing to today.",
                    ChronoUnit.DAYS.between(day, today))));
    return gauges;
  }

  private static List<Gauge> copies(List<Tiflash.Replica> copies) {
    return List.of(
        ofCopies(
            copies,
            "stock_tiflash_copies",
            "Copies of the table on TiFlash that were asked for.",
            Tiflash.Replica::count),
        ofCopies(
            copies,
            "stock_tiflash_copy_available",
            "Whether the copy of the table on TiFlash can be read.",
            copy -> copy.available() ? 1 : 0),
        ofCopies(
            copies,
            "stock_tiflash_copy_progress_ratio",
            "The part of the table that its copy on TiFlash has, from 0 to 1.",
            Tiflash.Replica::progress));
  }

  private static Gauge ofCopies(
      List<Tiflash.Replica> copies,
      String name,
      String help,
      ToDoubleFunction<Tiflash.Replica> value) {
    return new Gauge(
        name,
        help,
        copies.stream()
            .map(copy -> new Sample("table", copy.table(), value.applyAsDouble(copy)))
            .toList());
  }
}
