/** Aligned tables for a terminal, by the widths that it gives characters. May import nothing. */
package io.stockledger.text.table;
