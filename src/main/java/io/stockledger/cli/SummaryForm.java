package io.stockledger.cli;

/** A form in which daily-summary shows the movements. */
enum SummaryForm {
  TEXT,
  JSON,
  CSV
}
