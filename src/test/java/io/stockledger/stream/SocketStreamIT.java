package io.stockledger.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream at a socket, a process with 64 MiB of heap: its file, its clients, and its end. */
@Timeout(300)
class SocketStreamIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);
  private Path folder;
  private Path socket;

  /** Not JUnit's folder: the path of a socket has at most 107 bytes. */
  @BeforeEach
  void makeALedger() throws IOException {
    folder =
        Files.createTempDirectory(
            "st",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    socket = folder.resolve("s");
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("add-stock --item-id 101 --quantity 1000000").status()).isZero();
  }

  @AfterEach
  void removeTheFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private List<String> orders() {
    return LedgerInvariants.moves(url).stream()
        .map(LedgerInvariants.Row::requestId)
        .filter(id -> id.startsWith("o-"))
        .toList();
  }

  @Test
  void onlyItsOwnerMayConnectAndTheFileGoesWithTheStream() throws Exception {
    try (StreamProcess stream = StreamProcess.serve(url, socket)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      try (SocketUser user = SocketUser.connect(socket)) {
        assertThat(user.remove("o-1")).startsWith("{\"line\":1,\"ok\":true");
        assertThat(user.remove("o-2")).startsWith("{\"line\":2,\"ok\":true");
        stream.terminate();
        assertThat(user.answers().readLine()).isNull();
      }
      assertThat(stream.status()).isEqualTo(128 + 15);
      assertThat(folder).isEmptyDirectory();
    }
    try (StreamProcess stream = StreamProcess.serve(url, socket, "--socket-mode", "0660")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw----");
      stream.terminate();
      assertThat(stream.status()).isEqualTo(128 + 15);
    }
  }

  @Test
  void aPlaceThatIsNotFreeOrNotSafeIsRefused() throws Exception {
    expectRefused(
        "Another stream serves '%s'. Stop it, or name another socket.",
        () -> {
          try (StreamProcess stream = StreamProcess.serve(url, socket)) {
            StockCli.Result result = stock.run("stream", "--socket", socket.toString());
            stream.terminate();
            stream.status();
            return result;
          }
        });
    Files.writeString(socket, "a file");
    expectRefused(
        "There is no socket at '%s' but another file. Name another path.",
        () -> stock.run("stream", "--socket", socket.toString()));
    assertThat(socket).hasContent("a file");
    Files.delete(socket);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
    expectRefused(
        "Others can write to the folder of '%s', and so put another socket in its place. Use a"
            + " folder that only its owner can write to.",
        () -> stock.run("stream", "--socket", socket.toString()));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx---rwx"));
    assertThat(stock.run("stream", "--socket", socket.toString()).status()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
    Path nowhere = folder.resolve("nowhere").resolve("s");
    assertThat(stock.run("stream", "--socket", nowhere.toString()).err())
        .endsWith(
            "stock: The folder of '" + nowhere + "' is not there. Make it, with mode 0700.\n");
    Path tooLong = folder.resolve("s".repeat(120));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertThat(stock.run("status", "--socket", tooLong.toString()).status()).isEqualTo(1);
  }

  private void expectRefused(String sentence, Callable<StockCli.Result> command) throws Exception {
    StockCli.Result result = command.call();
    assertThat(result.status()).as("%s", result).isEqualTo(2);
    assertThat(result.err()).endsWith("stock: " + sentence.formatted(socket) + "\n");
  }

  @Test
  void theSocketOfAProcessThatIsGoneIsReplaced() throws Exception {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    try (StreamProcess stream = StreamProcess.serve(url, socket);
        SocketUser user = SocketUser.connect(socket)) {
      assertThat(user.remove("o-1")).contains("\"ok\":true");
      stream.kill();
      stream.status();
    }
    assertThat(socket).exists();
    try (StreamProcess stream = StreamProcess.serve(url, socket);
        SocketUser user = SocketUser.connect(socket)) {
      assertThat(user.remove("o-1")).contains("\"repeated\":true");
      stream.terminate();
      stream.status();
    }
  }

  @Test
  void clientsThatWaitForTheirAnswersShareGroups() throws Exception {
    try (StreamProcess stream = StreamProcess.serve(url, socket)) {
      List<Callable<Integer>> users = new ArrayList<>();
      for (int u = 0; u < 32; u++) {
        String prefix = "o-" + u + "-";
        users.add(
            () -> {
              try (SocketUser user = SocketUser.connect(socket)) {
                for (int i = 0; i < 50; i++) {
                  assertThat(user.remove(prefix + i))
                      .startsWith("{\"line\":" + (i + 1) + ",\"ok\":true")
                      .contains("\"request_id\":\"" + prefix + i + "\"");
                }
                return 50;
              }
            });
      }
      Storm.run(users);
      assertThat(orders()).hasSize(32 * 50).doesNotHaveDuplicates();
      StockCli.Result status = stock.run("status", "--socket", socket.toString());
      assertThat(status.status()).isZero();
      assertThat(status.out())
          .matches(
              """
              Stream: serving since \\S+Z
              Clients: 1 \\(this question is one of them\\)
              Requests: 1600
              Groups: \\d+
              Median: \\d+\\.\\d{3} ms
              99 of 100 within: \\d+\\.\\d{3} ms
              """);
      long groups =
          status
              .out()
              .lines()
              .filter(line -> line.startsWith("Groups: "))
              .mapToLong(line -> Long.parseLong(line.substring(8)))
              .findFirst()
              .orElseThrow();
      assertThat(groups).isLessThan(1_600 / 2);
      stream.terminate();
      stream.status();
    }
    StockCli.Result none = stock.run("status", "--socket", socket.toString());
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err())
        .isEqualTo("stock: No stream serves '" + socket + "'. Start one: stock stream --socket.\n");
  }

  @Test
  void aClientThatSendsNothingMoreGetsAllItsAnswers() throws Exception {
    try (StreamProcess stream = StreamProcess.serve(url, socket);
        SocketUser user = SocketUser.connect(socket)) {
      StringBuilder lines = new StringBuilder();
      for (int i = 1; i <= 5_000; i++) {
        lines.append(SocketUser.removal("o-" + i)).append('\n');
      }
      // The last line has no end.
      lines.setLength(lines.length() - 1);
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try {
                  user.send(lines.toString());
                  user.end();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      for (int i = 1; i <= 5_000; i++) {
        assertThat(user.answers().readLine())
            .startsWith("{\"line\":" + i + ",\"ok\":true")
            .contains("\"o-" + i + "\"");
      }
      assertThat(user.answers().readLine()).isNull();
      writer.join();
      stream.terminate();
      stream.status();
    }
  }

  /**
   * Another program holds up the first line of a client. The second one has the same id and another
   * item, which is free, and must wait. It was read when the second answer to another client is
   * there.
   */
  @Test
  void aLineWithTheIdOfALineUnderWayWaitsForIt() throws Exception {
    for (int item = 102; item <= 103; item++) {
      String words = "add-item --item-id %1$d --item-code C%1$d --name N".formatted(item);
      assertThat(stock.line(words).status()).isZero();
    }
    String add = "{\"op\":\"add\",\"request_id\":\"%s\",\"item_id\":%d,\"quantity\":1}";
    try (StreamProcess stream = StreamProcess.serve(url, socket);
        SocketUser first = SocketUser.connect(socket);
        SocketUser second = SocketUser.connect(socket);
        Connection other = TestDatabase.server().connect(url);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after, book_date,"
              + " request_id) VALUES (101, 1, '2025-09-19', 3, 1000101, '2025-09-19', 'other')");
      first.send(add.formatted("o-a", 101) + "\n");
      awaitHangingAppend();
      first.send(add.formatted("o-a", 102) + "\n");
      assertThat(second.ask(add.formatted("o-b", 103))).contains("\"ok\":true");
      assertThat(second.ask(add.formatted("o-c", 103))).contains("\"ok\":true");
      assertThat(orders()).containsExactlyInAnyOrder("o-b", "o-c");
      other.rollback();
      assertThat(first.answers().readLine()).contains("\"ok\":true", "\"item_id\":101");
      assertThat(first.answers().readLine()).contains("\"reason\":\"request_id_reused\"");
      stream.terminate();
      stream.status();
    }
  }

  private void awaitHangingAppend() throws SQLException {
    String schema = url.substring(url.lastIndexOf('/') + 1);
    try (Connection connection = TestDatabase.server().connect(url);
        PreparedStatement hanging =
            connection.prepareStatement(
                "SELECT 1 FROM INFORMATION_SCHEMA.PROCESSLIST"
                    + " WHERE DB = ? AND INFO LIKE 'INSERT INTO stock_moves%'")) {
      hanging.setString(1, schema);
      boolean isThere = false;
      while (!isThere) {
        try (ResultSet rows = hanging.executeQuery()) {
          isThere = rows.next();
        }
      }
    }
  }

  @Test
  void oneClientMoreThanThereMayBeIsTold() throws Exception {
    try (StreamProcess stream = StreamProcess.serve(url, socket, "--max-clients", "2");
        SocketUser first = SocketUser.connect(socket)) {
      assertThat(first.remove("o-1")).contains("\"ok\":true");
      try (SocketUser second = SocketUser.connect(socket)) {
        assertThat(second.remove("o-2")).contains("\"ok\":true");
        try (SocketUser third = SocketUser.connect(socket)) {
          assertThat(third.answers().readLine())
              .isEqualTo(
                  "{\"error\":\"too_many_clients\",\"message\":\"The stream serves 2 clients"
                      + " already. Try again later, or raise --max-clients.\",\"status\":1}");
          assertThat(third.answers().readLine()).isNull();
        }
        second.end();
        assertThat(second.answers().readLine()).isNull();
      }
      // Now there is a place again, as soon as the stream has seen the end of the second.
      String answer = "too_many_clients";
      while (answer == null || answer.contains("too_many_clients")) {
        try (SocketUser fourth = SocketUser.connect(socket)) {
          answer = fourth.ask("{\"op\":\"get\",\"item_id\":101}");
        } catch (IOException e) {
          answer = "too_many_clients";
        }
      }
      assertThat(answer).contains("\"stock\":1000098");
      assertThat(first.remove("o-3")).contains("\"ok\":true");
      stream.terminate();
      stream.status();
    }
  }

  /**
   * 1,000 clients, ten of which are hostile: half lines, lines without end, answers that are never
   * read, and connections that are cut. The others get every answer.
   */
  @Test
  void hostileClientsHarmNobodyElse() throws Exception {
    int users = 990;
    try (StreamProcess stream = StreamProcess.serve(url, socket)) {
      List<SocketUser> hostile = new ArrayList<>();
      List<CompletableFuture<Void>> floods = new ArrayList<>();
      List<SocketUser> good = new ArrayList<>();
      try {
        for (int i = 0; i < 10; i++) {
          SocketUser user = SocketUser.connect(socket);
          hostile.add(user);
          switch (i % 4) {
            case 0 -> user.send("{\"op\":\"remove\",\"request_id\":\"half");
            case 1 -> user.sendUntilFull(never(i));
            case 2 -> floods.add(CompletableFuture.runAsync(() -> flood(user)));
            default -> {
              user.send((SocketUser.removal("o-gone-" + i) + "\n").repeat(100));
              user.close();
            }
          }
        }
        for (int i = 0; i < users; i++) {
          good.add(SocketUser.connect(socket));
        }
        List<Callable<Integer>> threads = new ArrayList<>();
        for (int t = 0; t < 10; t++) {
          int from = t;
          threads.add(() -> sell(good, from));
        }
        assertThat(Storm.run(threads).stream().mapToInt(Integer::intValue).sum())
            .isEqualTo(users * 3);
        floods.forEach(CompletableFuture::join);
      } finally {
        for (SocketUser user : hostile) {
          user.close();
        }
        for (SocketUser user : good) {
          user.close();
        }
      }
      stream.terminate();
      assertThat(stream.status()).isEqualTo(128 + 15);
    }
    assertThat(orders().stream().filter(id -> id.startsWith("o-good-")).count())
        .isEqualTo(users * 3L);
    LedgerInvariants.check(url);
  }

  /** Every tenth client sends a removal and then reads its answer, three times. */
  private static int sell(List<SocketUser> users, int from) throws IOException {
    int sold = 0;
    for (int round = 0; round < 3; round++) {
      for (int i = from; i < users.size(); i += 10) {
        users.get(i).send(SocketUser.removal("o-good-" + i + "-" + round) + "\n");
      }
      for (int i = from; i < users.size(); i += 10) {
        assertThat(users.get(i).answers().readLine())
            .startsWith("{\"line\":" + (round + 1) + ",\"ok\":true")
            .contains("\"o-good-" + i + "-" + round + "\"");
        sold++;
      }
    }
    return sold;
  }

  /** Requests whose answers nobody reads. */
  private static ByteBuffer never(int i) {
    StringBuilder lines = new StringBuilder();
    for (int line = 0; line < 200; line++) {
      lines.append("{\"op\":\"status\"}\n").append(SocketUser.removal("o-never-" + i)).append('\n');
    }
    return ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void flood(SocketUser user) {
    ByteBuffer part = ByteBuffer.wrap("a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < 256; i++) {
        part.rewind();
        user.send(part);
      }
      assertThat(user.ask("")).contains("\"error\":\"faulty_line\"", "\"line\":1");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
