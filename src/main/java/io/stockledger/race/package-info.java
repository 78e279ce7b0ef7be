/**
 * The race: several ways of taking stock sell the same goods to the same number of buyers, and are
 * measured and checked. May import {@code db}, {@code db.failure}, {@code race.sale} and {@code
 * race.strategy}.
 */
package io.stockledger.race;
