/**
 * Metrics for Prometheus: gauges, their text, and the file that {@code --metrics} names. May import
 * {@code file}.
 */
package io.stockledger.cli.metrics;
