package io.stockledger.file;

import io.stockledger.text.Delimiter;

/**
 * How a CSV file is to be read.
 *
 * @param ignoresColumns whether columns that have no meaning are left out; otherwise such a file is
 *     refused
 */
public record CsvFormat(Delimiter delimiter, boolean ignoresColumns) {
  /** Commas, and no column without a meaning. */
  public static final CsvFormat USUAL = new CsvFormat(Delimiter.COMMA, false);
}
