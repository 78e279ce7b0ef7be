/**
 * The database: opening sessions, retrying units of work, finding out what became of a lost
 * session, reading SQL errors, and the one helper that sends statements. It knows nothing of stock.
 * May import no other package of the project.
 */
package io.stockledger.db;
