/**
 * The database: opening sessions, retrying units of work, finding out what became of a lost
 * session, and the one helper that sends statements. It knows nothing of stock. May import {@code
 * db.failure} and {@code text}.
 *
 * <p>Public API: {@code RefusedPropertyException}.
 */
package io.stockledger.db;
