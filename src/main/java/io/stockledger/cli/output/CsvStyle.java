package io.stockledger.cli.output;

import io.stockledger.text.Delimiter;

/**
 * How CSV is written.
 *
 * @param hasByteOrderMark whether it begins with the mark by which a spreadsheet knows UTF-8
 */
public record CsvStyle(Delimiter delimiter, boolean hasByteOrderMark) {
  /** Commas, and no mark. */
  public static final CsvStyle USUAL = new CsvStyle(Delimiter.COMMA, false);
}
