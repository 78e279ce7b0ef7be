/** The entry point of the {@code stock} command. May import {@code cli}. */
package io.stockledger;
