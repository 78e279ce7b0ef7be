package io.stockledger.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.startup.Installation.Result;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive to install, unpacked into a folder whose name has a space. */
final class InstallArchiveIT {
  @TempDir private Path folder;
  private TestLedger ledger;
  private Installation installation;

  @BeforeEach
  void unpack() throws IOException, InterruptedException {
    ledger = TestLedger.make(1);
    installation = Installation.unpackedInto(folder.resolve("my programs"), ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void theCommandRuns() throws IOException, InterruptedException {
    Result version = Installation.run(installation.command("--version"));
    assertThat(version.status()).as("%s", version).isZero();
    assertThat(version.out()).startsWith("stock ");
    assertThat(
            Installation.run(
                installation.command("get-stock", "--item-id", "101", "--date", "2025-09-19")))
        .isEqualTo(new Result(0, "Calculated stock for item 101 on 2025-09-19: 100\n", ""));
  }

  @Test
  void aSymbolicLinkFromElsewhereIsFollowed() throws IOException, InterruptedException {
    Path link =
        Files.createSymbolicLink(
            Files.createDirectories(folder.resolve("local bin")).resolve("stock"),
            installation.launcher());
    assertThat(
            Installation.run(
                installation
                    .command(
                        List.of(link.toString()),
                        "get-stock",
                        "--item-id",
                        "101",
                        "--date",
                        "2025-09-19")
                    .directory(folder.toFile())))
        .isEqualTo(new Result(0, "Calculated stock for item 101 on 2025-09-19: 100\n", ""));
  }

  @Test
  void itHasWhatAnOperatorNeeds() throws IOException {
    try (Stream<Path> files = Files.walk(installation.folder())) {
      List<String> names =
          files
              .map(file -> installation.folder().relativize(file).toString())
              .filter(name -> !name.endsWith(".jsa"))
              .toList();
      assertThat(names)
          .contains(
              "bin/stock",
              "lib/stock-ledger.jar",
              "lib/stock-ledger.classlist",
              "man/man1/stock.1",
              "man/man1/stock-get-stock.1",
              "completion/stock",
              "systemd/stock-batch.service",
              "systemd/stock-batch.timer",
              "systemd/stock-release-hold.service",
              "systemd/stock-release-hold.timer",
              "systemd/stock-stream.service",
              "systemd/environment",
              "cron/stock",
              "logrotate/stock",
              "sql/plans.sql",
              "docs/operating.md",
              "README.md",
              "LICENSE",
              "NOTICE",
              "THIRD-PARTY.txt");
    }
  }

  @Test
  void itsManualSpeaksOfTheInstalledCommand() throws IOException {
    assertThat(Files.readString(installation.folder().resolve("docs/manual.md")))
        .contains("\n$ stock get-stock ")
        .doesNotContain("scripts/stock");
  }

  @Test
  void theLinksOfItsReadmeLeadToItsFiles() throws IOException {
    String readme = Files.readString(installation.folder().resolve("README.md"));
    Pattern link = Pattern.compile("\\]\\(([^):#]+)(#[^)]*)?\\)");
    assertThat(link.matcher(readme).results().map(match -> match.group(1)))
        .isNotEmpty()
        .allSatisfy(target -> assertThat(installation.folder().resolve(target)).exists());
  }

  /** What a person who has the archive alone types first. */
  @Test
  void theCommandsOfItsReadmeWork() throws IOException, InterruptedException {
    String readme = Files.readString(installation.folder().resolve("README.md"));
    List<String> lines =
        readme
            .substring(readme.indexOf("```sh\n") + 6, readme.indexOf("\n```\n"))
            .lines()
            .filter(line -> !line.startsWith("man ")) // Not every machine has it.
            .toList();
    assertThat(lines).hasSizeGreaterThan(8).allMatch(line -> line.startsWith("bin/stock "));
    for (String line : lines) {
      Result result =
          Installation.run(
              installation
                  .command(List.of("sh", "-c", line))
                  .directory(installation.folder().toFile()));
      assertThat(result.status()).as("%s: %s", line, result).isZero();
    }
  }

  @Test
  void theListOfClassesNamesItsJar() throws IOException, NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(installation.jar()));
    assertThat(Files.readAllLines(installation.folder().resolve("lib/stock-ledger.classlist")))
        .first()
        .isEqualTo("# " + HexFormat.of().formatHex(digest, 0, 8));
  }

  @Test
  void theListOfClassesHasWhatACommandConnectsWith() throws IOException {
    assertThat(Files.readAllLines(installation.folder().resolve("lib/stock-ledger.classlist")))
        .contains(
            "picocli/CommandLine",
            "com/mysql/cj/jdbc/ConnectionImpl",
            "io/stockledger/db/SingleSession",
            "io/stockledger/ledger/StockRepository");
  }
}
