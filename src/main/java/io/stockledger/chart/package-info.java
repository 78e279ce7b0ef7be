/**
 * The chart of an item: its stock and its moves by period, as text for a terminal and as SVG. May
 * import {@code ledger.closing} and {@code text}.
 */
package io.stockledger.chart;
