/**
 * TiDB's column store: whether it has copies of the tables, and reading there while that works, or
 * else elsewhere. May import {@code db} and {@code db.failure}.
 */
package io.stockledger.ledger.tiflash;
