package io.stockledger.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.StockJvm;
import io.stockledger.testing.TestDatabase;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream as a process with 64 MiB of heap: its ends, its floods, and its death. */
@Timeout(300)
class StreamProcessIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void makeALedger() {
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("add-stock --item-id 101 --quantity 10000000").status()).isZero();
  }

  /** A removal, a hold or its commit, so that three lines in a row have the first two ids. */
  private static String line(int i) {
    return switch (i % 3) {
      case 0 -> removal("o-" + i);
      case 1 ->
          "{\"op\":\"hold\",\"request_id\":\"o-%d\",\"item_id\":101,\"quantity\":1,\"expires_in\":\"3d\"}"
              .formatted(i);
      default -> "{\"op\":\"commit\",\"request_id\":\"" + idOf(i) + "\"}";
    };
  }

  private static String idOf(int i) {
    return "o-" + (i % 3 == 2 ? i - 1 : i);
  }

  private static String removal(String id) {
    return "{\"op\":\"remove\",\"request_id\":\"" + id + "\",\"item_id\":101,\"quantity\":1}";
  }

  private Set<String> made() {
    return LedgerInvariants.moves(url).stream()
        .map(LedgerInvariants.Row::requestId)
        .filter(id -> id.startsWith("o-"))
        .collect(Collectors.toSet());
  }

  /** SIGTERM in the middle: what was read is decided and answered, and nothing else is done. */
  @Test
  void whatWasReadBeforeATerminationIsAnswered() throws Exception {
    try (StreamProcess stream = StreamProcess.start(url)) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try (OutputStream requests = stream.requests()) {
                  for (int i = 1; i <= 1_000_000; i++) {
                    requests.write((removal("o-" + i) + "\n").getBytes(StandardCharsets.UTF_8));
                  }
                } catch (IOException e) {
                  // The stream has ended.
                }
              });
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        answers.add(stream.answers().readLine());
      }
      stream.terminate();
      answers.addAll(stream.allAnswers());
      assertThat(stream.status()).isEqualTo(128 + 15);
      writer.join();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i))
            .startsWith("{\"line\":" + (i + 1) + ",\"ok\":true,")
            .contains("\"request_id\":\"o-" + (i + 1) + "\"");
      }
      assertThat(answers.size()).isLessThan(1_000_000);
      assertThat(made()).hasSameSizeAs(answers);
      LedgerInvariants.check(url);
    }
  }

  /** Nobody reads the answers any more: the stream ends quietly, and what was read is decided. */
  @Test
  void aClosedOutputEndsTheStream() throws Exception {
    Path input = folder.resolve("input");
    Files.write(input, IntStream.range(0, 50_000).mapToObj(i -> removal("o-" + i)).toList());
    StockCli.Result result =
        new StockJvm(url, folder)
            .redirected("< " + input + " > >(head -n 1 > " + folder.resolve("first") + ")")
            .run("stream");
    assertThat(result.status()).isZero();
    assertThat(StockCli.Result.withoutTiflashNotice(result.err())).isEmpty();
    assertThat(made()).isNotEmpty().hasSizeLessThan(50_000);
    LedgerInvariants.check(url);
  }

  @Test
  void aLineOfAGigabyteIsOneFaultyLine() throws Exception {
    try (StreamProcess stream = StreamProcess.start(url)) {
      CompletableFuture<List<String>> reader =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return stream.allAnswers();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      stream.send(removal("o-1"));
      byte[] part = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1_024; i++) {
        stream.requests().write(part);
      }
      stream.send("");
      stream.send(removal("o-2"));
      stream.requests().close();
      assertThat(reader.join())
          .hasSize(3)
          .satisfies(
              answers -> {
                assertThat(answers.get(0)).startsWith("{\"line\":1,\"ok\":true");
                assertThat(answers.get(1))
                    .isEqualTo(
                        "{\"line\":2,\"error\":\"faulty_line\","
                            + "\"message\":\"The line has more than 16384 bytes.\",\"status\":2}");
                assertThat(answers.get(2)).startsWith("{\"line\":3,\"ok\":true");
              });
      assertThat(stream.status()).isZero();
    }
  }

  /**
   * The largest requests, with the largest answers, as many as there may be under way, and a client
   * that reads nothing until it has sent all that the stream takes.
   */
  @Test
  void theLargestRequestsFitIntoTheHeap() throws Exception {
    String lines =
        IntStream.range(0, 100)
            .mapToObj(i -> "{\"item_id\":101,\"increment\":%d}".formatted(i % 2 == 0 ? 9 : -9))
            .collect(Collectors.joining(","));
    int count = 3_000;
    try (StreamProcess stream = StreamProcess.start(url)) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try (OutputStream requests = new BufferedOutputStream(stream.requests())) {
                  for (int i = 0; i < count; i++) {
                    requests.write(
                        "{\"op\":\"post\",\"request_id\":\"large-%d\",\"note\":\"%s\",\"lines\":[%s]}\n"
                            .formatted(i / 20, "n".repeat(255), lines)
                            .getBytes(StandardCharsets.UTF_8));
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      int answers = 0;
      for (String line = stream.answers().readLine();
          line != null;
          line = stream.answers().readLine()) {
        assertThat(line).contains("\"ok\":true");
        answers++;
      }
      writer.join();
      assertThat(answers).isEqualTo(count);
      assertThat(stream.status()).isZero();
    }
  }

  /**
   * The stream is killed ten times while a client sends removals, holds and commits, and each time
   * the client asks again for all that has no answer. {@code -Dstock.test.streamRequests=1000000}
   * is the long run.
   */
  @Test
  void aClientThatAsksAgainAfterEachKillHasEachRequestMadeOnce() throws Exception {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    int count = Integer.getInteger("stock.test.streamRequests", 20_000);
    int kills = 10;
    System.out.println("StreamProcessIT: -Dstock.test.seed=" + seed);
    Random random = new Random(seed);
    int answered = 0;
    for (int run = 0; run <= kills; run++) {
      int from = answered;
      int killAfter =
          run == kills ? Integer.MAX_VALUE : random.nextInt(Math.max(1, 2 * count / (kills + 2)));
      answered += answersUntilKilled(from, count, killAfter);
      if (answered == count && run < kills) {
        // Killed late; the last runs ask for the end once more.
        answered -= Math.min(count, 500);
      }
    }
    assertThat(answered).isEqualTo(count);
    int moves = count - count / 3;
    assertThat(made()).hasSize(moves);
    LedgerInvariants.check(url);
    assertThat(stock.line("get-stock --item-id 101 --quiet").out().strip())
        .isEqualTo(String.valueOf(10_000_100 - moves));
    assertThat(stock.line("list-holds --json").out().lines().count())
        .isEqualTo(count % 3 == 2 ? 1 : 0);
    assertThat(stock.line(Server.current().verify("verify")).out()).isEmpty();
  }

  /** Returns how many lines, from a place on, were answered. */
  private int answersUntilKilled(int from, int count, int killAfter) throws Exception {
    try (StreamProcess stream = StreamProcess.start(url)) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try (OutputStream requests = new BufferedOutputStream(stream.requests())) {
                  for (int i = from; i < count; i++) {
                    requests.write((line(i) + "\n").getBytes(StandardCharsets.UTF_8));
                  }
                } catch (IOException e) {
                  // The stream was killed.
                }
              });
      int answers = 0;
      BufferedReader reader = stream.answers();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.endsWith("}")) {
          break;
        }
        assertThat(line).contains("\"ok\":true", "\"request_id\":\"" + idOf(from + answers) + "\"");
        if (++answers == killAfter) {
          stream.kill();
        }
      }
      writer.join();
      stream.status();
      return answers;
    }
  }
}
