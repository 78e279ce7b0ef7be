/**
 * What the strategies of a race share: goods, purchases, orders, sale windows and the tables that a
 * race makes and drops. May import {@code db}, {@code db.failure}, {@code ledger} and {@code
 * ledger.rule}.
 */
package io.stockledger.race.sale;
