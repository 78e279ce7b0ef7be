package io.stockledger.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that {@code --metrics} names, after commands that end well and that fail. */
class MetricsIT {
  private static final StockCli NO_DATABASE =
      StockCli.inEnvironment(Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"));

  @TempDir private Path folder;
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);
  private Path file;

  @BeforeEach
  void setUp() {
    file = folder.resolve("stock.prom");
    assertThat(stock.line("setup-db").status()).isZero();
  }

  @Test
  void aRunIsWrittenWithItsTimesAndCounts() throws IOException {
    assertThat(run(stock, "run-batch --date 2025-09-19")).isZero();
    assertThat(withoutTimes())
        .isEqualTo(
            """
            # HELP stock_last_run_duration_seconds How long the last run took.
            # TYPE stock_last_run_duration_seconds gauge
            stock_last_run_duration_seconds{command="run-batch"} <time>
            # HELP stock_last_run_exit_status The exit status of the last run.
            # TYPE stock_last_run_exit_status gauge
            stock_last_run_exit_status{command="run-batch"} 0.0
            # HELP stock_last_run_success Whether the last run of the command ended with status 0.
            # TYPE stock_last_run_success gauge
            stock_last_run_success{command="run-batch"} 1.0
            # HELP stock_last_run_timestamp_seconds When the last run ended.
            # TYPE stock_last_run_timestamp_seconds gauge
            stock_last_run_timestamp_seconds{command="run-batch"} <time>
            # HELP stock_last_success_timestamp_seconds When the last run ended that had status 0.
            # TYPE stock_last_success_timestamp_seconds gauge
            stock_last_success_timestamp_seconds{command="run-batch"} <time>
            # HELP stock_run_batch_closings_failed Closings that the last run could not write.
            # TYPE stock_run_batch_closings_failed gauge
            stock_run_batch_closings_failed{command="run-batch"} 0.0
            # HELP stock_run_batch_closings_written Closings that the last run wrote.
            # TYPE stock_run_batch_closings_written gauge
            stock_run_batch_closings_written{command="run-batch"} 1.0
            """);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFailureIsWrittenAndKeepsTheTimeOfTheLastSuccess() throws IOException {
    assertThat(run(NO_DATABASE, "verify")).isEqualTo(5);
    assertThat(value("stock_last_run_success", "verify")).isEqualTo("0.0");
    assertThat(Files.readString(file)).doesNotContain("stock_last_success_timestamp_seconds");

    assertThat(run(stock, "verify")).isZero();
    String success = value("stock_last_success_timestamp_seconds", "verify");
    assertThat(value("stock_last_run_timestamp_seconds", "verify")).isEqualTo(success);

    for (int i = 0; i < 2; i++) {
      assertThat(run(NO_DATABASE, "verify")).isEqualTo(5);
      assertThat(value("stock_last_run_success", "verify")).isEqualTo("0.0");
      assertThat(value("stock_last_run_exit_status", "verify")).isEqualTo("5.0");
      assertThat(value("stock_last_success_timestamp_seconds", "verify")).isEqualTo(success);
      assertThat(value("stock_last_run_timestamp_seconds", "verify")).isNotEqualTo(success);
      assertThat(Files.readString(file)).doesNotContain("stock_verify_findings");
    }
  }

  @Test
  void aFailureThatIsFoundBeforeTheDatabaseIsOpenedIsWritten() throws IOException {
    assertThat(run(stock, "import " + folder.resolve("none.csv"))).isEqualTo(2);
    assertThat(value("stock_last_run_exit_status", "import")).isEqualTo("2.0");
    assertThat(run(stock, "run-batch --from 2025-09-20 --date 2025-09-19")).isEqualTo(2);
    assertThat(value("stock_last_run_exit_status", "run-batch")).isEqualTo("2.0");
  }

  @Test
  void eachCommandWritesWhatItCounts() throws IOException {
    Path moves =
        Files.writeString(
            folder.resolve("moves.csv"),
            """
            item_id,date,quantity,request_id
            101,2025-09-20,5,a
            101,2025-09-20,6,b
            101,2025-09-20,-500,c
            """);
    assertThat(run(stock, "import " + moves)).isEqualTo(3);
    assertThat(value("stock_import_lines_made", "import")).isEqualTo("2.0");
    assertThat(value("stock_import_lines_made_before", "import")).isEqualTo("0.0");
    assertThat(value("stock_import_lines_rejected", "import")).isEqualTo("1.0");

    assertThat(run(stock, "run-batch --catch-up --date 2025-09-19")).isZero();
    assertThat(run(stock, "verify")).isZero();
    assertThat(value("stock_verify_findings", "verify")).isEqualTo("0.0");
    TestDatabase.server().execute(url, "UPDATE stock_moves_history SET sum_stock_increment = 9");
    assertThat(run(stock, "verify")).isEqualTo(4);
    assertThat(value("stock_verify_findings", "verify")).isEqualTo("1.0");
    assertThat(value("stock_last_run_success", "verify")).isEqualTo("0.0");
    TestDatabase.server().execute(url, "UPDATE stock_moves_history SET move_no = 0");
    assertThat(run(stock, "verify")).isEqualTo(4);
    assertThat(value("stock_verify_stale_closings", "verify")).isEqualTo("1.0");
    assertThat(value("stock_verify_missing_closings", "verify")).isEqualTo("0.0");
    TestDatabase.server().execute(url, "DELETE FROM stock_moves_history");
    assertThat(stock.line("run-batch --date 2025-09-20").status()).isZero();
    assertThat(run(stock, "verify")).isZero();
    assertThat(value("stock_verify_missing_closings", "verify")).isEqualTo("1.0");

    assertThat(stock.line("hold-stock --move 101=1 --expires-in 1h --request-id h").status())
        .isZero();
    TestDatabase.server().execute(url, "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6)");
    assertThat(run(stock, "release-hold --expired")).isZero();
    assertThat(value("stock_release_hold_released", "release-hold")).isEqualTo("1.0");
    assertThat(value("stock_release_hold_failed", "release-hold")).isEqualTo("0.0");
  }

  @Test
  void nothingToCatchUpIsASuccessOfNoClosings() throws IOException {
    assertThat(stock.line("run-batch --date 2025-09-19").status()).isZero();
    assertThat(run(stock, "run-batch --catch-up --date 2025-09-19")).isZero();
    assertThat(value("stock_run_batch_closings_written", "run-batch")).isEqualTo("0.0");
  }

  @Test
  void aFileThatCannotBeWrittenChangesNoStatus() {
    String missing = folder.resolve("no such folder").resolve("a.prom").toString();
    StockCli.Result result = stock.run("run-batch", "--date", "2025-09-19", "--metrics", missing);
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("Closing stock of item 101 on 2025-09-19: 100\n");
    assertThat(result.err())
        .endsWith(
            "Could not write the metrics file '"
                + missing
                + "': there is no such file. The status is that of the command.\n");
    StockCli.Result failed = NO_DATABASE.run("verify", "--metrics", missing);
    assertThat(failed.status()).isEqualTo(5);
    assertThat(failed.err()).contains("Could not write the metrics file '");
  }

  @Test
  void aFileThatIsNoMetricsIsReplaced() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, '\n'});
    assertThat(run(NO_DATABASE, "verify")).isEqualTo(5);
    assertThat(Files.readString(file)).doesNotContain("stock_last_success_timestamp_seconds");
    Files.writeString(file, "stock_last_success_timestamp_seconds{command=\"verify\"} soon\n");
    assertThat(run(NO_DATABASE, "verify")).isEqualTo(5);
    assertThat(Files.readString(file)).doesNotContain("stock_last_success_timestamp_seconds");
  }

  /** Such as the user of node_exporter, who reads the file. */
  @Test
  void aFileThatIsReplacedKeepsItsPermissions() throws IOException {
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run(stock, "verify")).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
  }

  private int run(StockCli cli, String line) {
    return cli.line(line + " --metrics " + file).status();
  }

  private String value(String name, String command) throws IOException {
    Matcher line =
        Pattern.compile("(?m)^" + name + "\\{command=\"" + command + "\"} (.*)$")
            .matcher(Files.readString(file));
    assertThat(line.find()).as(name).isTrue();
    return line.group(1);
  }

  private String withoutTimes() throws IOException {
    return Files.readString(file)
        .replaceAll("(?m)^(stock_last\\w+_seconds\\{.*}) [0-9.E-]+$", "$1 <time>");
  }
}
