/**
 * The race: several ways of taking stock sell the same goods to the same number of buyers, and are
 * measured and checked. May import {@code race.strategy}, {@code race.sale} and {@code db}.
 */
package io.stockledger.race;
