package io.stockledger.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.startup.Installation.Result;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Standard streams that the caller closed: no file that Java opens is read in the place of stdin,
 * and nothing that belongs to stdout or stderr goes anywhere else.
 */
final class ClosedStreamsIT {
  /** How the process is started. */
  enum Start {
    LAUNCHER,
    JAR,
    CLASS_PATH,
    WITH_A_LOG;

    List<String> words(Installation installation) {
      String java = System.getProperty("java.home") + "/bin/java";
      String jar = installation.jar().toString();
      return switch (this) {
        case LAUNCHER -> List.of(installation.launcher().toString());
        case JAR -> List.of(java, "-jar", jar);
        case CLASS_PATH -> List.of(java, "-cp", jar, "io.stockledger.Main");
        case WITH_A_LOG ->
            List.of(
                java,
                "-Xlog:class+load:file=" + installation.folder().resolve("log"),
                "-cp",
                jar,
                "io.stockledger.Main");
      };
    }
  }

  private static final List<String> READERS =
      List.of(
          "shell", "import -", "add-item --file -", "list-items --password", "setup-db --reset");

  private static final String GET_STOCK = "get-stock --item-id 101 --date 2025-09-19";

  @TempDir private Path folder;
  private TestLedger ledger;
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    ledger = TestLedger.make(1);
    installation = Installation.copiedTo(folder.resolve("installed"), ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @ParameterizedTest
  @EnumSource(Start.class)
  void aClosedStdinIsEmpty(Start start) throws Exception {
    for (String line : READERS) {
      Result empty = run(start, "</dev/null", line);
      assertThat(run(start, "<&-", line)).as(line).isEqualTo(empty);
    }
    assertThat(run(start, "<&-", "shell")).isEqualTo(new Result(0, "", ""));
    assertThat(run(start, "<&-", "setup-db --reset"))
        .isEqualTo(
            new Result(
                1,
                "",
                "This deletes all items, moves, holds, counts and closings in %s. Type yes to go on: \n"
                        .formatted(ledger.url().substring("jdbc:mysql://".length()))
                    + "stock: Nothing was changed.\n"));
  }

  /**
   * Not with -jar, where Java itself puts /dev/null in the place of stdout while it starts, so that
   * the result is lost as with >/dev/null; and not with a log of Java, in which the result then is.
   */
  @ParameterizedTest
  @EnumSource(names = {"LAUNCHER", "CLASS_PATH"})
  void aClosedStdoutIsAnOutputThatIsLost(Start start) throws Exception {
    Result lost = new Result(1, "", "stock: Could not write the result: Bad file descriptor\n");
    assertThat(run(start, ">&-", "list-items")).isEqualTo(lost);
    assertThat(run(start, "<&- >&-", "list-items")).isEqualTo(lost);
  }

  /** -v writes messages while the connection to the database is open. */
  @ParameterizedTest
  @EnumSource(names = {"LAUNCHER", "CLASS_PATH"})
  void theWorkIsDoneWithoutAnyStream(Start start) throws Exception {
    List<String> closings = List.of(">&-", "<&- >&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-");
    for (String closed : closings) {
      String id = " --request-id r" + closings.indexOf(closed);
      Result result =
          run(start, closed, "add-stock -v --item-id 101 --quantity 1 --date 2025-09-19" + id);
      assertThat(result.status()).as("%s: %s", closed, result).isBetween(0, 1);
      assertThat(run(start, "</dev/null", "list-moves" + id).status()).as(closed).isZero();
    }
    assertThat(run(start, "</dev/null", GET_STOCK).out()).isEqualTo(stock(105));
  }

  @ParameterizedTest
  @EnumSource(names = {"LAUNCHER", "CLASS_PATH"})
  void aClosedStderrChangesNeitherResultNorStatus(Start start) throws Exception {
    for (String closed : List.of("2>&-", "<&- 2>&-")) {
      assertThat(run(start, closed, GET_STOCK)).isEqualTo(new Result(0, stock(100), ""));
      assertThat(run(start, closed, "get-stock --item-id 999").status()).isEqualTo(3);
      assertThat(run(start, closed, "get-stock").status()).isEqualTo(2);
      assertThat(run(start, closed, "list-items --url jdbc:mysql://127.0.0.1:1/none"))
          .isEqualTo(new Result(5, "", ""));
    }
  }

  private static String stock(long units) {
    return "Calculated stock for item 101 on 2025-09-19: " + units + "\n";
  }

  private Result run(Start start, String redirections, String line) throws Exception {
    // The redirections are after those of Installation, whose files this process has.
    List<String> words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" " + redirections, "sh"));
    words.addAll(start.words(installation));
    ProcessBuilder command = installation.command(words, line.split(" ", -1));
    command.environment().put("LC_ALL", "C.UTF-8");
    // Makes no archive of classes in the background.
    command.environment().put("STOCK_JAVA_OPTS", "-Dnothing=0");
    return Installation.run(command);
  }
}
