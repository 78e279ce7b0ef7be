/**
 * The results of a race as a table, as CSV, as JSON and as an SVG chart. May import {@code race},
 * {@code race.strategy} and {@code text.table}.
 */
package io.stockledger.race.report;
