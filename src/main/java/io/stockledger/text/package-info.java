/**
 * What all packages use: printable text, the identity of codes, today, names for requests. May
 * import nothing.
 */
package io.stockledger.text;
