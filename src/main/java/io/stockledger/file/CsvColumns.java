package io.stockledger.file;

import io.stockledger.text.Delimiter;
import io.stockledger.text.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The columns that the header of a file names, in the order of the file. */
public final class CsvColumns {
  private final List<String> names;

  private CsvColumns(List<String> names) {
    this.names = names;
  }

  /**
   * Reads a header. Upper and lower case of a column that has a meaning do not count.
   *
   * @throws InvalidFileException if a column is missing, unknown, or named twice
   */
  static CsvColumns of(String file, List<String> fields, CsvHeader header, CsvFormat format) {
    refuseOtherDelimiter(file, fields, format.delimiter());
    List<String> names = new ArrayList<>();
    for (String field : fields) {
      String name = field.strip().toLowerCase(Locale.ROOT);
      if (!header.knows(name) && !name.equals(CsvHeader.REASON)) {
        if (!format.ignoresColumns()) {
          throw new InvalidFileException(
              "%s has an unknown column %s. %s Give --ignore-columns to leave other columns out."
                  .formatted(file, PrintableText.quoted(field.strip()), header.mustAndMayName()),
              null);
        }
        names.add(field.strip());
        continue;
      }
      if (names.contains(name)) {
        throw new InvalidFileException(file + " names the column " + name + " twice.", null);
      }
      names.add(name);
    }
    for (String name : header.required()) {
      if (!names.contains(name)) {
        throw new InvalidFileException(
            "%s has no column %s. %s".formatted(file, name, header.mustAndMayName()), null);
      }
    }
    refuseWrongChoice(file, names, header.oneOf());
    return new CsvColumns(List.copyOf(names));
  }

  /** A header that is one column with another delimiter in it was written with that delimiter. */
  private static void refuseOtherDelimiter(String file, List<String> fields, Delimiter delimiter) {
    for (Delimiter other : Delimiter.values()) {
      if (fields.size() == 1
          && other != delimiter
          && fields.get(0).indexOf(other.character()) >= 0) {
        throw new InvalidFileException(
            "%s has one column, %s. Give --delimiter %s if that is between its values."
                .formatted(file, PrintableText.quoted(fields.get(0)), other.asTyped()),
            null);
      }
    }
  }

  private static void refuseWrongChoice(String file, List<String> names, List<String> oneOf) {
    List<String> named = oneOf.stream().filter(names::contains).toList();
    if (oneOf.isEmpty() || named.size() == 1) {
      return;
    }
    String has =
        named.isEmpty()
            ? "neither a column " + String.join(" nor a column ", oneOf)
            : "a column " + String.join(" and a column ", named);
    throw new InvalidFileException(
        "%s has %s. Its first line must name one of the columns %s."
            .formatted(file, has, String.join(" and ", oneOf)),
        null);
  }

  /** Returns the names in the order of the file. */
  public List<String> names() {
    return names;
  }

  /** Whether the file has a column. */
  public boolean contains(String name) {
    return names.contains(name);
  }

  /** Returns what is wrong with a line that has not as many fields as the header. */
  public Optional<String> faultOf(CsvLine line) {
    int fields = line.fields().size();
    return fields == names.size()
        ? Optional.empty()
        : Optional.of(
            "it has %s %s; the header names %s."
                .formatted(fields, fields == 1 ? "field" : "fields", names.size()));
  }

  /** Returns the value of a required column in a line, without the spaces around it. */
  public String value(CsvLine line, String name) {
    return line.fields().get(names.indexOf(name)).strip();
  }

  /** Returns the index of a column in a line; empty if the file does not have it. */
  public Optional<Integer> index(String name) {
    int index = names.indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(index);
  }
}
