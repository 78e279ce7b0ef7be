/**
 * The start of the program: {@code main}, the archive of classes that makes later starts fast, and
 * the standard streams. May import {@code cli} and {@code cli.output}.
 */
package io.stockledger;
