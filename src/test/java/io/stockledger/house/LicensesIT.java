package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The archive that users get carries the licences and notices of everything that it contains. */
final class LicensesIT {
  private static final Path ARCHIVE = Path.of("target/stock-ledger.jar");
  private static final Path UNPACKED = Path.of("target/licenses-of-libraries");

  /** A line of the list: licences, name, and the library as group:artifact:version - address. */
  private static final Pattern LIBRARY =
      Pattern.compile(
          "\\s+(\\(.*\\)) .* \\((?<group>[^:]+):(?<artifact>[^:]+):(?<version>[^:]+) - .*\\)");

  @Test
  void theLicenseAndNoticeOfTheProjectAreInTheArchive() throws IOException {
    assertThat(content("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
    assertThat(content("META-INF/NOTICE")).isEqualTo(Files.readString(Path.of("NOTICE")));
  }

  @Test
  void eachLibraryOfTheListHasItsLicenseInTheArchive() throws IOException {
    List<String> entries = entries();
    List<String> libraries =
        content("META-INF/THIRD-PARTY.txt").lines().filter(line -> line.contains(":")).toList();

    assertThat(libraries).allMatch(line -> LIBRARY.matcher(line).matches());
    assertThat(String.join("\n", libraries))
        .contains("mysql-connector-j")
        .contains("GNU General Public License, v2 with Universal FOSS Exception, v1.0");
    assertThat(libraries)
        // Stock Ledger's own licence is the same text.
        .filteredOn(line -> !line.strip().startsWith("(Apache-2.0) "))
        .isNotEmpty()
        .allMatch(line -> hasLicense(entries, line));
  }

  @Test
  void noFileOfALibraryIsLostForItsName() throws IOException {
    try (Stream<Path> files = Files.walk(UNPACKED)) {
      assertThat(entries())
          .containsAll(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> "META-INF/licenses/" + UNPACKED.relativize(file))
                  .toList());
    }
  }

  /** Only a build by {@code mvn -o} has no bill. */
  @Test
  void theBillOfMaterialsHasEachLibraryAndNoOther() throws IOException {
    Path bill = Path.of("target/stock-ledger.cdx.json");
    assumeThat(bill).exists();
    List<String> named = new ArrayList<>();
    for (JsonNode library : new JsonMapper().readTree(bill.toFile()).get("components")) {
      named.add(
          Stream.of("group", "name", "version")
              .map(field -> library.get(field).stringValue())
              .collect(Collectors.joining(":")));
      assertThat(library.get("licenses")).as("%s", library).isNotEmpty();
    }
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            LIBRARY
                .matcher(content("META-INF/THIRD-PARTY.txt"))
                .results()
                .map(found -> found.group(2) + ":" + found.group(3) + ":" + found.group(4))
                .toList());
  }

  private static boolean hasLicense(List<String> entries, String line) {
    var library = LIBRARY.matcher(line);
    return library.matches()
        && entries.stream()
            .anyMatch(
                entry ->
                    entry.matches(
                        "META-INF/licenses/"
                            + Pattern.quote(library.group("artifact"))
                            + "/(META-INF/)?LICENSE(\\.txt)?"));
  }

  private static List<String> entries() throws IOException {
    try (JarFile archive = new JarFile(ARCHIVE.toFile())) {
      return archive.stream().map(JarEntry::getName).toList();
    }
  }

  private static String content(String entry) throws IOException {
    try (JarFile archive = new JarFile(ARCHIVE.toFile())) {
      assertThat(archive.getEntry(entry)).as(entry).isNotNull();
      return new String(
          archive.getInputStream(archive.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
