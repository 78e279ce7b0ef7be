package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name means one thing in a package: neither a nested type nor an import hides another type. */
final class NamesTest {
  private static final Path SOURCES = Path.of("src/main/java");

  private static final Pattern NESTED_OR_IMPORTED =
      Pattern.compile(
          "(?m)^(?: +(?:(?:public|private|protected|static|final|abstract|sealed) )*"
              + "(?:class|record|enum|interface) |import (?:static )?[\\w.]+\\.)(\\w+)");

  @Test
  void noTypeHidesAnotherOfItsPackage() throws IOException {
    List<String> hidden = new ArrayList<>();
    int names = 0;
    for (Path file : files()) {
      Matcher matcher = NESTED_OR_IMPORTED.matcher(Files.readString(file));
      while (matcher.find()) {
        names++;
        Path neighbour = file.resolveSibling(matcher.group(1) + ".java");
        if (!neighbour.equals(file) && Files.exists(neighbour)) {
          hidden.add(file + " hides " + matcher.group(1));
        }
      }
    }
    assertThat(names).isGreaterThan(1_000);
    assertThat(hidden).isEmpty();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
