package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.output.Terminal;
import io.stockledger.playground.Query;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Runs every console block of docs/manual.md, one after the other on one new schema, and compares
 * what the commands print, stdout and stderr together, with what the manual shows. CONTRIBUTING.md
 * describes what may differ.
 */
@RunsOn(
    value = {Server.MARIADB, Server.MYSQL},
    reason = "the manual shows what a server that is not TiDB answers")
class ManualIT {
  private static final Path MANUAL = Path.of("docs/manual.md");

  /** Languages of blocks that hold no command with its output. */
  private static final List<String> NOT_RUN = List.of("sh", "bash", "text", "sql", "properties");

  private static final String PROMPT = "$ ";
  private static final String MANUALS_DATABASE = "127.0.0.1:4000/test";

  private final String url = TestDatabase.server().newSchema();
  private final Map<String, String> environment =
      Map.of(
          "STOCK_DB_URL", url,
          "STOCK_DB_USER", TestDatabase.server().user(),
          "STOCK_DB_PASSWORD", TestDatabase.server().password());

  @Test
  void theCommandsPrintWhatTheManualShows() throws IOException {
    List<Markdown.Fence> blocks =
        Markdown.read(MANUAL).fences().stream()
            .filter(fence -> fence.language().equals("console"))
            .toList();
    assertThat(blocks).isNotEmpty();
    SoftAssertions softly = new SoftAssertions();
    for (Markdown.Fence block : blocks) {
      softly
          .assertThat(comparable(run(block)))
          .as("%s, block in line %d", MANUAL, block.line())
          .isEqualTo(comparable(String.join("\n", block.lines()) + "\n"));
    }
    softly.assertAll();
  }

  @Test
  void everyCommandWithOutputIsInABlockThatIsRun() throws IOException {
    for (Markdown.Fence fence : Markdown.read(MANUAL).fences()) {
      String where = MANUAL + ", block in line " + fence.line();
      if (fence.language().equals("console")) {
        assertThat(fence.lines()).as(where).first().asString().startsWith(PROMPT);
      } else {
        assertThat(NOT_RUN).as(where).contains(fence.language());
        assertThat(fence.lines()).as(where).noneMatch(line -> line.startsWith(PROMPT));
      }
    }
  }

  /** The block as it must be: its commands, each with what it prints now. */
  private String run(Markdown.Fence block) {
    StringBuilder transcript = new StringBuilder();
    for (int i = 0; i < block.lines().size(); i++) {
      if (!block.lines().get(i).startsWith(PROMPT)) {
        continue;
      }
      StringBuilder command = new StringBuilder();
      String line = block.lines().get(i);
      transcript.append(line).append('\n');
      while (line.endsWith("\\")) {
        command.append(line, 0, line.length() - 1);
        line = block.lines().get(++i);
        transcript.append(line).append('\n');
      }
      command.append(line);
      transcript.append(run(command.substring(PROMPT.length())));
    }
    return transcript.toString();
  }

  private String run(String command) {
    ShellLine line = ShellLine.parse(command);
    String[] arguments =
        line.words().stream()
            .skip(1)
            .map(word -> word.replace("jdbc:mysql://" + MANUALS_DATABASE, url))
            .toArray(String[]::new);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int status =
        switch (line.words().get(0)) {
          case "scripts/stock" ->
              StockCommand.execute(
                  new Terminal(input(line), output, output), environment, arguments);
          case "scripts/query" -> query(output, arguments);
          default -> throw new IllegalArgumentException("This test can't run: " + command);
        };
    String text = output.toString(StandardCharsets.UTF_8);
    if (!line.showsStatus()) {
      assertThat(status).as("%s%n%s", command, text).isZero();
      return text;
    }
    return text + status + "\n";
  }

  private static InputStream input(ShellLine line) {
    try {
      return new ByteArrayInputStream(Files.readAllBytes(line.input()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int query(ByteArrayOutputStream output, String... arguments) {
    PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
    return Query.run(environment, stream, stream, arguments);
  }

  /** Without what is different in each run, and without spaces at the end of a line. */
  private String comparable(String text) {
    // The manual shows the version of the embedded MariaDB.
    String ofAnyServer =
        Server.current() == Server.MARIADB
            ? text
            : text.replaceAll("(?m)^Server: \\S+|, version \\S+\\.(?= )", "<version>");
    return ofAnyServer
        .replace(url.replace("jdbc:mysql://", ""), MANUALS_DATABASE)
        .replaceAll("\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "<request id>")
        .replaceAll("\\b\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z?\\b", "<time>")
        .replaceAll("(?m)^ *\\d+\\.\\d ms  ", "<time> ms  ")
        .replaceAll("(?m)^(stock_last_closing_age_days) \\d+\\.0$", "$1 <days>")
        .replaceAll("(?m) +$", "");
  }
}
