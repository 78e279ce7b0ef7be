/**
 * The strategies of a race, one class per way of taking stock, and the list of all of them. Each
 * class holds its own statements, so that it reads as the people who use that way write it. May
 * import {@code race.sale}, {@code ledger} and {@code db}.
 */
package io.stockledger.race.strategy;
