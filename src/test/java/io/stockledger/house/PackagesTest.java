package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packages of the product import each other in one direction only, and each says what it is.
 */
final class PackagesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/stockledger");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?io\\.stockledger\\.((?:[a-z]+\\.)*)[A-Z]");

  /** Which packages a package may import. Adding one here is a decision about the structure. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("", Set.of("cli")),
          Map.entry(
              "cli",
              Set.of(
                  "chart",
                  "db",
                  "file",
                  "ledger",
                  "ledger.aggregate",
                  "ledger.explain",
                  "ledger.setup",
                  "ledger.transfer",
                  "ledger.verify",
                  "race",
                  "race.report",
                  "race.sale",
                  "race.strategy")),
          Map.entry("chart", Set.of("ledger", "ledger.aggregate")),
          Map.entry(
              "ledger.explain", Set.of("ledger.aggregate", "ledger.transfer", "ledger", "db")),
          Map.entry("race.report", Set.of("race", "race.strategy")),
          Map.entry("race", Set.of("race.strategy", "race.sale", "db")),
          Map.entry("race.strategy", Set.of("race.sale", "ledger", "db")),
          Map.entry("race.sale", Set.of("ledger", "db")),
          Map.entry("ledger.verify", Set.of("ledger.aggregate", "ledger", "db")),
          Map.entry("ledger.setup", Set.of("ledger.aggregate", "ledger", "db")),
          Map.entry("ledger.transfer", Set.of("ledger", "file", "db")),
          Map.entry("ledger.aggregate", Set.of("ledger", "db")),
          Map.entry("ledger", Set.of("db")),
          Map.entry("file", Set.of()),
          Map.entry("db", Set.of()));

  @Test
  void importsRunOneWay() throws IOException {
    List<String> forbidden = new ArrayList<>();
    for (Path file : files()) {
      String importing = packageOf(file);
      assertThat(MAY_IMPORT).as("packages of the map").containsKey(importing);
      Matcher matcher = IMPORT.matcher(Files.readString(file));
      while (matcher.find()) {
        String imported = matcher.group(1).replaceFirst("\\.$", "");
        if (!imported.equals(importing) && !MAY_IMPORT.get(importing).contains(imported)) {
          forbidden.add(SOURCES.relativize(file) + " imports " + imported);
        }
      }
    }
    assertThat(forbidden).isEmpty();
  }

  @Test
  void eachPackageSaysWhatItIsAndWhatItMayImport() throws IOException {
    for (String name : MAY_IMPORT.keySet()) {
      Path description = SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java");
      assertThat(description).exists();
      String text = Files.readString(description).replaceAll("\\n \\*", "");
      for (String imported : MAY_IMPORT.get(name)) {
        assertThat(text).as(description.toString()).contains("{@code " + imported + "}");
      }
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String packageOf(Path file) {
    return SOURCES.relativize(file.getParent()).toString().replace('/', '.');
  }
}
