package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packages of the product: each says in its {@code package-info} what it is and which others it
 * may import. To add one there is a decision about the structure.
 */
final class PackagesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/stockledger");

  private static final Path DOCUMENT = Path.of("docs/architecture.md");
  private static final String TABLE_BEGINS = "<!-- packages -->\n";
  private static final String TABLE_ENDS = "<!-- end of packages -->";

  /** More do not fit into one head. */
  private static final int MOST_FILES = 30;

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?io\\.stockledger\\.((?:[a-z]+\\.)*)[A-Z]");

  private static final Pattern MAY_IMPORT = Pattern.compile("May import ([^.]|\\.(?=[a-z]))+\\.");
  private static final Pattern NAME = Pattern.compile("\\{@code ([a-z.]+)\\}");

  /** A package, as its folder has it. */
  private record Room(List<Path> files, Set<String> mayImport, Set<String> imports) {}

  @Test
  void eachImportsWhatItSaysAndNothingElse() throws IOException {
    for (Map.Entry<String, Room> room : rooms().entrySet()) {
      assertThat(room.getValue().imports())
          .as("imports of " + room.getKey())
          .isEqualTo(room.getValue().mayImport());
    }
  }

  @Test
  void noneIsReachedFromWhatItImports() throws IOException {
    Map<String, Room> rooms = rooms();
    for (String name : rooms.keySet()) {
      Set<String> reached = new TreeSet<>();
      for (String imported : rooms.get(name).imports()) {
        reach(imported, rooms, reached);
      }
      assertThat(reached).as("reached from " + name).doesNotContain(name);
    }
  }

  private static void reach(String name, Map<String, Room> rooms, Set<String> reached) {
    if (reached.add(name)) {
      rooms.get(name).imports().forEach(imported -> reach(imported, rooms, reached));
    }
  }

  @Test
  void noneIsTooLarge() throws IOException {
    rooms()
        .forEach((name, room) -> assertThat(room.files()).as(name).hasSizeLessThan(MOST_FILES + 1));
  }

  @Test
  void theTableOfTheDocumentIsTheirs() throws IOException {
    StringBuilder table =
        new StringBuilder("\n| package | what it is | imports |\n|---|---|---|\n");
    for (Map.Entry<String, Room> room : rooms().entrySet()) {
      String imports =
          room.getValue().mayImport().stream()
              .map(name -> "`" + name + "`")
              .collect(Collectors.joining(", "));
      table.append(
          "| %s | %s | %s |\n"
              .formatted(
                  room.getKey().isEmpty() ? "(root)" : "`" + room.getKey() + "`",
                  whatItIs(room.getKey()),
                  imports));
    }
    String document = Files.readString(DOCUMENT);
    int from = document.indexOf(TABLE_BEGINS) + TABLE_BEGINS.length();
    assertThat(document.substring(from, document.indexOf(TABLE_ENDS)))
        .isEqualTo(table.append("\n").toString());
  }

  private static String whatItIs(String name) throws IOException {
    String text = description(name);
    String before = text.substring(text.indexOf("/**") + 3, text.indexOf("May import"));
    return before.strip().replaceAll("\\{@code ([^}]+)\\}", "`$1`");
  }

  private static Map<String, Room> rooms() throws IOException {
    Map<String, List<Path>> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(SOURCES)) {
      all.filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> files.computeIfAbsent(nameOf(file), name -> new ArrayList<>()).add(file));
    }
    Map<String, Room> rooms = new TreeMap<>();
    for (Map.Entry<String, List<Path>> entry : files.entrySet()) {
      Set<String> imports = new TreeSet<>();
      for (Path file : entry.getValue()) {
        Matcher matcher = IMPORT.matcher(Files.readString(file));
        while (matcher.find()) {
          imports.add(matcher.group(1).replaceFirst("\\.$", ""));
        }
      }
      imports.remove(entry.getKey());
      rooms.put(entry.getKey(), new Room(entry.getValue(), mayImport(entry.getKey()), imports));
    }
    assertThat(rooms).containsKey("ledger");
    return rooms;
  }

  private static Set<String> mayImport(String name) throws IOException {
    Matcher sentence = MAY_IMPORT.matcher(description(name));
    assertThat(sentence.find()).as(name).isTrue();
    Set<String> names = new TreeSet<>();
    Matcher imported = NAME.matcher(sentence.group());
    while (imported.find()) {
      names.add(imported.group(1));
    }
    return names;
  }

  /** Returns the text of a package-info in one line. */
  private static String description(String name) throws IOException {
    Path file = SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java");
    assertThat(file).exists();
    return Files.readString(file).replaceAll("\\n \\*/?", "");
  }

  private static String nameOf(Path file) {
    return SOURCES.relativize(file.getParent()).toString().replace('/', '.');
  }
}
