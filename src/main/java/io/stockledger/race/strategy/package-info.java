/**
 * The strategies of a race, one class per way of taking stock, and the list of all of them. Each
 * class holds its own statements, written as the people who use that way write them. May import
 * {@code race.sale}, {@code ledger} and {@code db}.
 */
package io.stockledger.race.strategy;
