/**
 * The start of the program: {@code main}, the archive of classes that makes later starts fast, and
 * the standard streams. May import {@code cli} and {@code cli.output}.
 *
 * <p>A type here or in a package below is internal, unless the {@code package-info} of its package
 * lists it under 'Public API'.
 */
package io.stockledger;
