package io.stockledger.file;

import io.stockledger.text.PrintableText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The columns that the header of a file names, in the order of the file. */
public final class CsvColumns {
  private final List<String> names;

  private CsvColumns(List<String> names) {
    this.names = names;
  }

  /**
   * Reads a header.
   *
   * @throws InvalidFileException if a column is missing, unknown, or named twice
   */
  public static CsvColumns of(
      String file, List<String> header, Set<String> required, Set<String> also) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String field : header) {
      String name = field.strip();
      if (!required.contains(name) && !also.contains(name)) {
        throw new InvalidFileException(
            file
                + " has an unknown column "
                + PrintableText.quoted(name)
                + ". "
                + expected(required, also),
            null);
      }
      if (!seen.add(name)) {
        throw new InvalidFileException(file + " names the column " + name + " twice.", null);
      }
      names.add(name);
    }
    for (String name : required) {
      if (!seen.contains(name)) {
        throw new InvalidFileException(
            file + " has no column " + name + ". " + expected(required, also), null);
      }
    }
    return new CsvColumns(List.copyOf(names));
  }

  private static String expected(Set<String> required, Set<String> also) {
    return "Its first line must name the columns "
        + String.join(", ", required)
        + (also.isEmpty() ? "." : "; it may name " + String.join(", ", also) + ".");
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
