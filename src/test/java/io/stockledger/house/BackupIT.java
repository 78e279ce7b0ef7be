package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/backup.md: what they back up, they restore. */
class BackupIT {
  private static final Path DOCUMENT = Path.of("docs/backup.md");

  @TempDir private Path folder;
  private final String url = TestDatabase.server().newSchema();
  private final String other = TestDatabase.server().newSchema();

  @BeforeEach
  void makeALedger() {
    StockCli stock = new StockCli(url);
    for (String line :
        List.of(
            "setup-db",
            "add-item --item-id 7 --item-code TEA-7 --name Sencha",
            "add-stock --item-id 7 --quantity 40 --date 2025-09-20 --note first",
            "post-moves --move 7=-3 --move 101=-2 --date 2025-09-21 --request-id order-1",
            "hold-stock --move 7=1 --expires-in 1h --date 2025-09-21 --request-id cart-1",
            "count-stock --item-id 101 --counted 97 --request-id count-1 --date 2025-09-21",
            "run-batch --catch-up --date 2025-09-21")) {
      assertThat(stock.line(line).status()).as(line).isZero();
    }
  }

  @Test
  void whatIsExportedIsRestored() throws IOException {
    List<List<String>> blocks = blocks("## By export and restore");
    assertThat(blocks).hasSize(2);
    blocks.get(0).forEach(line -> run(line, url));
    blocks.get(1).forEach(line -> run(line, other));
    assertThat(new StockCli(other).line("export")).isEqualTo(new StockCli(url).line("export"));
    assertThat(
            new StockCli(other).line("list-closings --date 2025-09-21 --output csv").out().lines())
        .hasSize(3);
  }

  @Test
  @RunsOn(value = Server.MARIADB, reason = "the program is MariaDB's")
  void whatIsDumpedIsRestoredRowByRow() throws Exception {
    Path programs = Path.of("target/mariadb/bin").toAbsolutePath();
    assumeThat(programs.resolve("mariadb-dump")).exists();
    List<List<String>> blocks = blocks("## By mariadb-dump");
    assertThat(blocks).hasSize(2);
    for (String line : blocks.get(0)) {
      shell(programs + "/" + line, url);
    }
    for (String line : blocks.get(1)) {
      if (line.startsWith("stock ")) {
        run(line, other);
      } else {
        shell(programs + "/" + line, other);
      }
    }
    assertThat(LedgerDump.of(other)).isEqualTo(LedgerDump.of(url)).isNotEmpty();
  }

  @Test
  void theUninstallLeavesNoTable() throws Exception {
    String chapter = chapter("## Uninstall");
    List<String> resets = quoted(chapter, "stock setup-db --reset");
    assertThat(resets).hasSize(1);
    // It asks first.
    assertThat(
            new StockCli(url)
                .runWithInput("yes\n", resets.get(0).substring("stock ".length()).split(" ", -1))
                .status())
        .isZero();
    assertThat(new StockCli(url).line("list-items").out()).isEmpty();
    List<String> drops = quoted(chapter, "DROP TABLE ");
    assertThat(drops).hasSize(1);
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(drops.get(0));
      try (ResultSet tables = statement.executeQuery("SHOW TABLES")) {
        assertThat(tables.next()).isFalse();
      }
    }
  }

  /** The steps that are not the installation, and those after a restore. */
  @Test
  void theStepsOfAnUpgradeChangeNoRow() throws Exception {
    List<String> before = LedgerDump.of(url);
    List<String> steps = new ArrayList<>(quoted(chapter("## Upgrade and rollback"), "stock "));
    steps.addAll(quoted(chapter("## After each restore"), "stock "));
    assertThat(steps)
        .containsExactly(
            "stock setup-db --no-initial-data",
            "stock verify",
            "stock explain",
            "stock status",
            "stock verify",
            "stock run-batch --catch-up --date yesterday",
            "stock list-stock");
    for (String words : steps) {
      if (!words.contains("run-batch")) {
        run(words, url);
      }
    }
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    run("stock run-batch --catch-up --date yesterday", url);
    run("stock verify", url);
  }

  /** Runs a command, whose files are in the folder of the test. */
  private void run(String line, String ofUrl) {
    String[] sides = line.split(" > ", -1);
    String[] words =
        Arrays.stream(sides[0].split(" ", -1))
            .skip(1)
            .map(word -> word.endsWith(".csv") ? folder.resolve(word).toString() : word)
            .toArray(String[]::new);
    StockCli.Result result = new StockCli(ofUrl).run(words);
    assertThat(result.status()).as("%s: %s", line, result).isZero();
    if (sides.length == 2) {
      try {
        Files.writeString(folder.resolve(sides[1]), result.out());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void shell(String line, String ofUrl) throws IOException, InterruptedException {
    URI server = URI.create(ofUrl.substring("jdbc:".length()));
    String here =
        line.replace("-h 127.0.0.1", "-h " + server.getHost())
            .replace("-P 3306", "-P " + server.getPort())
            .replace("-u stock -p stock", "-u \"$NAME\" " + server.getPath().substring(1));
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", here).directory(folder.toFile());
    shell.environment().put("NAME", TestDatabase.server().user());
    shell.environment().put("MYSQL_PWD", TestDatabase.server().password());
    Process process = shell.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", here, output).isZero();
  }

  /** Returns the lines of each block of commands of a chapter. */
  private static List<List<String>> blocks(String heading) throws IOException {
    return Arrays.stream(chapter(heading).split("```sh\n", -1))
        .skip(1)
        .map(block -> block.substring(0, block.indexOf("```")).lines().toList())
        .toList();
  }

  /** Returns the words in back quotes that begin with a text, each on one line. */
  private static List<String> quoted(String chapter, String beginning) {
    return Pattern.compile("`(" + Pattern.quote(beginning) + "[^`]*)`")
        .matcher(chapter)
        .results()
        .map(match -> match.group(1).replace("\n", " "))
        .toList();
  }

  private static String chapter(String heading) throws IOException {
    return Files.readString(DOCUMENT).split("\n" + heading + "\n", 2)[1].split("\n## ", -1)[0];
  }
}
