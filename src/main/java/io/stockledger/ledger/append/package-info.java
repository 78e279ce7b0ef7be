/**
 * Group append: the queue of a process's requests, and which of them go together. May import {@code
 * db}, {@code db.failure} and {@code ledger.rule}.
 */
package io.stockledger.ledger.append;
