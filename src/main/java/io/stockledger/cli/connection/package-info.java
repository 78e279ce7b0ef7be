/**
 * Where the database is: options, environment, configuration files and passwords, and what a URL
 * may hold. May import {@code cli.option}, {@code db} and {@code text}.
 */
package io.stockledger.cli.connection;
