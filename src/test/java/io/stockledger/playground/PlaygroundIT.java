package io.stockledger.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The playground as a process: its two output streams and its exit status. */
@Timeout(120)
class PlaygroundIT {
  private static final Pattern READY =
      Pattern.compile(
          "Ready: (jdbc:mysql://127\\.0\\.0\\.1:\\d+/test) \\(user root, no password\\)\\."
              + " Ctrl-C stops it\\.");
  private static final int TERMINATED = 143;

  @TempDir private Path folder;
  @TempDir private Path errorFolder;
  @TempDir private Path temporaryFolder;

  private final List<Child> children = new ArrayList<>();

  @AfterEach
  void stopWhatIsLeft() throws InterruptedException {
    for (Child child : children) {
      child.process.destroy();
      child.process.waitFor();
    }
  }

  @Test
  void ephemeralPlaygroundListensOnLoopbackAndLeavesNothing() throws Exception {
    Child playground = start("--port", "0", "--ephemeral");
    String url = playground.readyUrl();

    assertThat(query(url, "SELECT DATABASE()")).isEqualTo("test");
    assertThat(query(url, "SELECT @@bind_address")).isEqualTo("127.0.0.1");
    Path data = Path.of(query(url, "SELECT @@datadir"));
    assertThat(data).isDirectory();

    assertThat(playground.terminate()).isEqualTo(TERMINATED);
    assertThat(playground.output.readLine()).isNull();
    assertThat(playground.errors()).isEmpty();
    assertThatThrownBy(() -> query(url, "SELECT 1")).isInstanceOf(SQLException.class);
    assertThat(data.getParent()).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsItsDataAndLocksItsFolder() throws Exception {
    Child first = start("--port", "0");
    String url = first.readyUrl();
    execute(url, "CREATE TABLE kept AS SELECT 42 AS answer");

    Child second = start("--port", "0");
    assertThat(second.process.waitFor()).isEqualTo(1);
    assertThat(second.errors())
        .isEqualTo(
            "Another playground (process "
                + first.process.pid()
                + ") uses "
                + folder
                + ". Stop it, or start a throw-away beside it with --ephemeral.\n");

    assertThat(first.terminate()).isEqualTo(TERMINATED);
    Child third = start("--port", "0");
    assertThat(query(third.readyUrl(), "SELECT answer FROM kept")).isEqualTo("42");
  }

  @Test
  void namesTheServerThatAKilledPlaygroundLeftBehind() throws Exception {
    Child killed = start("--port", "0");
    String url = killed.readyUrl();
    execute(url, "CREATE TABLE kept AS SELECT 42 AS answer");
    ProcessHandle server = killed.server();
    killed.process.destroyForcibly().waitFor();

    Child next = start("--port", "0");
    assertThat(next.process.waitFor()).isEqualTo(1);
    assertThat(next.errors())
        .isEqualTo(
            "A playground that was killed left its MariaDB running (process "
                + server.pid()
                + ") on "
                + folder
                + ". Stop it: kill "
                + server.pid()
                + "\n");

    // The killed server leaves a pid file, which must not prevent the next start.
    server.destroyForcibly();
    server.onExit().get();
    Child last = start("--port", "0");
    assertThat(query(last.readyUrl(), "SELECT answer FROM kept")).isEqualTo("42");
  }

  /** A MariaDB that starts deletes the temporary tables in its folder for temporary files. */
  @Test
  void leavesTheTemporaryTablesOfOtherServers() throws Exception {
    Path ofAnotherServer = Files.createFile(temporaryFolder.resolve("#sql-temptable-1-2-3.MAI"));
    start("--port", "0").readyUrl();

    assertThat(ofAnotherServer).exists();
  }

  @Test
  void endsWhenItsServerEnds() throws Exception {
    Child playground = start("--port", "0", "--ephemeral");
    playground.readyUrl();
    playground.server().destroyForcibly();

    assertThat(playground.process.waitFor()).isEqualTo(1);
    assertThat(playground.errors()).startsWith("MariaDB ended by itself with status 137.");
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
      int port = taken.getLocalPort();
      Child playground = start("--port", String.valueOf(port), "--ephemeral");

      assertThat(playground.process.waitFor()).isEqualTo(1);
      assertThat(playground.output.readLine()).isNull();
      assertThat(playground.errors())
          .isEqualTo(
              "Port "
                  + port
                  + " on 127.0.0.1 is not free (Address already in use). Name another one with"
                  + " --port, or take any free one with --port 0.\n");
    }
  }

  @Test
  void refusesAPortOutOfRange() throws Exception {
    Child playground = start("--port", "65536");

    assertThat(playground.process.waitFor()).isEqualTo(2);
    assertThat(playground.errors())
        .startsWith("--port takes a number from 0 to 65535, not 65536.\n");
  }

  private Child start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dstock.playground.folder=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Playground.class.getName());
    command.addAll(List.of(arguments));
    Path errors = errorFolder.resolve(children.size() + ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("TMPDIR", temporaryFolder.toString());
    Process process = builder.start();
    Child child = new Child(process, process.inputReader(StandardCharsets.UTF_8), errors);
    children.add(child);
    return child;
  }

  private static String query(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "root", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private record Child(Process process, BufferedReader output, Path errorFile) {
    String readyUrl() throws IOException {
      String line = output.readLine();
      Matcher ready = READY.matcher(line == null ? "" : line);
      assertThat(ready.matches()).as("%s%n%s", line, errors()).isTrue();
      return ready.group(1);
    }

    ProcessHandle server() {
      List<ProcessHandle> started = process.descendants().toList();
      assertThat(started).hasSize(1);
      return started.get(0);
    }

    int terminate() throws InterruptedException {
      // Process.destroy() would also close the process's output.
      process.toHandle().destroy();
      return process.waitFor();
    }

    String errors() throws IOException {
      return Files.readString(errorFile);
    }
  }
}
