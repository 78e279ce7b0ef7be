/**
 * The failures of the database and of the way to it: classes of SQL errors, and the exceptions that
 * carry them. May import nothing.
 */
package io.stockledger.db.failure;
