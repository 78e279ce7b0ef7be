/**
 * What the strategies of a race share: goods, purchases, orders, sale windows and the tables that a
 * race makes and drops. May import {@code db}, {@code db.failure} and {@code ledger}.
 */
package io.stockledger.race.sale;
