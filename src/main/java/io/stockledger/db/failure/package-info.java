/**
 * The failures of the database and of the way to it: classes of SQL errors, and the exceptions that
 * carry them. May import nothing.
 *
 * <p>Public API: {@code BusyException}, {@code DatabaseException}, {@code
 * DatabaseUnreachableException}, {@code KnownException}, {@code SessionRefusal}, {@code
 * SessionRefusedException}, {@code SqlFailure} and {@code StatementTimeoutException}.
 */
package io.stockledger.db.failure;
