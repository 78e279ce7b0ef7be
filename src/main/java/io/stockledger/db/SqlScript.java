package io.stockledger.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the statements of a file of sql/. In those files {@code --} begins a comment at the start
 * of a line and {@code ;} ends a statement at the end of a line; no text literal contains either.
 */
public final class SqlScript {
  private SqlScript() {}

  /** Reads a file that is packaged under {@code /sql}. */
  public static List<String> statements(String file) {
    try (InputStream in = SqlScript.class.getResourceAsStream("/sql/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no file sql/" + file);
      }
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.strip().startsWith("--"))
              .collect(Collectors.joining("\n"));
      return Stream.of(text.split(";\\s*(?:\n|$)"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
