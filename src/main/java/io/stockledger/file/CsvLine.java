package io.stockledger.file;

import java.util.List;

/**
 * A line of a CSV file, as it is in the file.
 *
 * @param number the number of the line of the file on which it begins, from 1
 */
public record CsvLine(long number, List<String> fields) {}
