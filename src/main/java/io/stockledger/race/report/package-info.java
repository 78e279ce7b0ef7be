/**
 * The results of a race as a table, as CSV, as JSON and as an SVG chart. May import {@code race}
 * and {@code race.strategy}.
 */
package io.stockledger.race.report;
