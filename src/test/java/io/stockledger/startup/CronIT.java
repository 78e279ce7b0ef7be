package io.stockledger.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.startup.Installation.Result;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The nights by cron, as docs/operating.md sets them up: its commands are run, and then the lines
 * of the crontab, below a folder of the test in place of /.
 */
final class CronIT {
  private static final Path OPERATING = Path.of("docs/operating.md");
  private static final Path CRONTAB = Path.of("packaging/cron/stock");

  @TempDir private Path root;
  private TestLedger ledger;

  @BeforeEach
  void install() throws IOException, InterruptedException {
    ledger = TestLedger.make(1);
    Path unpacked = Installation.unpackedInto(root.resolve("unpacked"), ledger).folder();
    Files.createDirectories(root.resolve("opt"));
    Files.move(unpacked, root.resolve("opt/stock"));
    // What every system has.
    Files.createDirectories(root.resolve("etc/cron.d"));
    Files.createDirectories(root.resolve("etc/logrotate.d"));
    Files.createDirectories(root.resolve("var/log"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void theDocumentShowsTheLinesOfTheArchive() throws IOException {
    assertThat(block("crontab"))
        .isEqualTo(
            Files.readAllLines(CRONTAB).stream().filter(line -> !line.startsWith("#")).toList());
  }

  @Test
  void theLinesRunAfterTheCommandsOfTheDocument() throws IOException, InterruptedException {
    for (String command : block("sh")) {
      Result made = shell(here(command));
      assertThat(made.status()).as("%s: %s", command, made).isZero();
    }
    Files.writeString(root.resolve("etc/stock/password"), TestDatabase.server().password());

    List<String> lines = Files.readAllLines(root.resolve("etc/cron.d/stock"));
    List<String> variables = lines.stream().filter(line -> line.matches("[A-Z_]+=.*")).toList();
    List<String> nightly = lines.stream().filter(line -> line.matches("[0-9*].*")).toList();
    assertThat(nightly).hasSize(3);
    for (String line : nightly) {
      // Five fields of the time and the user; the rest is for the shell.
      String command = line.replaceFirst("^(\\S+ +){5}stock +", "");
      StringBuilder script = new StringBuilder();
      for (String variable : variables) {
        script.append("export ").append(variable).append('\n');
      }
      script.append("export STOCK_DB_URL=").append(ledger.url()).append('\n');
      script.append("export STOCK_DB_USER=").append(TestDatabase.server().user()).append('\n');
      assertThat(shell(here(script + command)))
          .as(line)
          .extracting(Result::status, Result::out)
          .containsExactly(0, "");
    }
    assertThat(root.resolve("var/log/stock/run-batch.log"))
        .content()
        .isEqualTo("Closed 2025-09-19: items 1, moves 1, units 100\n");
  }

  /** Puts the test's folder in the place of /, and this user in that of one who is not there. */
  private String here(String text) {
    return text.replaceAll("(?<![\\w.])/(opt|etc|var)/", root + "/$1/")
        .replace("useradd ", "true ")
        .replace("-o stock -g stock", "-o \"$(id -u)\" -g \"$(id -g)\"");
  }

  private static Result shell(String script) throws IOException, InterruptedException {
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", script);
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return Installation.run(shell);
  }

  /** Returns the lines of the first block of this language in the chapter about cron. */
  private static List<String> block(String language) throws IOException {
    List<String> lines = Files.readAllLines(OPERATING);
    List<String> chapter = lines.subList(lines.indexOf("## Every night: cron"), lines.size());
    int begin = chapter.indexOf("```" + language) + 1;
    assertThat(begin).as(language).isPositive();
    List<String> block = chapter.subList(begin, chapter.size());
    return block.subList(0, block.indexOf("```"));
  }
}
