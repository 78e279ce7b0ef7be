/**
 * The chart of an item: its stock and its moves by period, as text for a terminal and as SVG. May
 * import {@code ledger} and {@code ledger.aggregate}.
 */
package io.stockledger.chart;
