/**
 * The strategies of a race, one class per way of taking stock, and the list of all of them. Each
 * class holds its own statements, written as the people who use that way write them. May import
 * {@code db}, {@code db.failure}, {@code ledger}, {@code ledger.hold}, {@code ledger.rule} and
 * {@code race.sale}.
 */
package io.stockledger.race.strategy;
