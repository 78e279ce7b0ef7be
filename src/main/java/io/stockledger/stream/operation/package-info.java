/**
 * The operations of the stream, one class per operation: the strict reading of a line, what it asks
 * for, and what may become of it. May import {@code ledger}, {@code ledger.count}, {@code
 * ledger.hold}, {@code ledger.rule} and {@code text}.
 */
package io.stockledger.stream.operation;
