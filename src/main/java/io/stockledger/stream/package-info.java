/**
 * The stream: requests of programs in lines of JSON, thousands of them under way at once, each
 * answered in its place. May import {@code db}, {@code db.failure}, {@code ledger}, {@code
 * ledger.closing}, {@code ledger.count}, {@code ledger.hold}, {@code ledger.rule}, {@code
 * stream.operation} and {@code text}.
 */
package io.stockledger.stream;
