package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The digits of a result are 0 to 9 in every locale. */
final class LocaleTest {
  private static final Pattern NUMBER_OF_THE_LOCALE = Pattern.compile("%[-0-9.,+]*[dfe]");

  @Test
  void noNumberIsFormattedWithTheDigitsOfTheDefaultLocale() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(Path.of("src/main/java"))) {
      files = walk.filter(file -> file.toString().endsWith(".java")).toList();
    }
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      String text = Files.readString(file);
      if (NUMBER_OF_THE_LOCALE.matcher(text).find() && !text.contains("Locale.ROOT")) {
        found.add(file.toString());
      }
    }
    assertThat(found).isEmpty();
  }
}
