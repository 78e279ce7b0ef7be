/**
 * Making the tables of the ledger, their copies on TiFlash and the first item, and comparing tables
 * that already exist with those that the ledger needs. May import {@code db}, {@code db.failure},
 * {@code ledger}, {@code ledger.tiflash} and {@code text}.
 *
 * <p>Public API: {@code NewerTablesException}, {@code OtherShapeException} and {@code
 * TiflashNotReadyException}.
 */
package io.stockledger.ledger.setup;
