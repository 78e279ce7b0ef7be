/**
 * What the strategies of a race share: goods, purchases, orders, sale windows and the tables that a
 * race makes and drops. May import {@code ledger} and {@code db}.
 */
package io.stockledger.race.sale;
