/**
 * Making the tables of the ledger, their copies on TiFlash and the first item, and comparing tables
 * that already exist with those that the ledger needs. May import {@code ledger}, {@code
 * ledger.aggregate} and {@code db}.
 */
package io.stockledger.ledger.setup;
