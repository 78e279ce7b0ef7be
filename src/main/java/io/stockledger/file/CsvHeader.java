package io.stockledger.file;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns that the first line of a file must name, and those that it may name.
 *
 * @param oneOf columns of which it must name exactly one; empty if there is no such choice
 */
public record CsvHeader(List<String> oneOf, List<String> required, List<String> optional) {
  /**
   * The column in which a file of rejects says why a line is there. It has no meaning on the way
   * in.
   */
  public static final String REASON = "reason";

  /** Whether a column has a meaning. */
  boolean knows(String name) {
    return oneOf.contains(name) || required.contains(name) || optional.contains(name);
  }

  /** Returns what the first line must name, in a sentence. */
  String mustName() {
    return "Its first line must name the columns " + mandatory() + ".";
  }

  /** Returns what the first line must name and may name, in a sentence. */
  String mustAndMayName() {
    return optional.isEmpty()
        ? mustName()
        : "Its first line must name the columns %s; it may name %s."
            .formatted(mandatory(), String.join(", ", optional));
  }

  private String mandatory() {
    Stream<String> choice = oneOf.isEmpty() ? Stream.of() : Stream.of(String.join(" or ", oneOf));
    return Stream.concat(choice, required.stream()).collect(Collectors.joining(", "));
  }
}
