package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.StockRepository;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Client processes that are killed at random moments while they move stock and make orders. */
class ClientsKilledIT {
  private static final int CLIENTS = 6;

  /** The requests that a client reported before it was killed. */
  private record Said(String client, List<String> done, List<String> refused, int asked) {}

  @Test
  void answeredMovesAreStoredOnceAndOthersAtMostOnce() throws Exception {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("ClientsKilledIT: -Dstock.test.seed=" + seed);
    Random random = new Random(seed);
    try (TestLedger ledger = TestLedger.make(1)) {
      ledger.addItem(StormClient.OTHER_ITEM);
      List<Callable<Said>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String client = "client" + i;
        int lines = 20 + random.nextInt(300);
        clients.add(() -> runUntilKilled(ledger.url(), client, lines));
      }
      List<Said> said = Storm.run(clients);

      LedgerInvariants.check(ledger.url());
      Set<String> standing = standing(ledger);
      for (Said client : said) {
        assertThat(standing).containsAll(client.done());
        assertThat(client.refused()).noneMatch(standing::contains);
      }
      askAgain(ledger, said);
      LedgerInvariants.check(ledger.url());
    }
  }

  private static Said runUntilKilled(String url, String client, int lines) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StormClient.class.getName(),
                url,
                client,
                TestDatabase.server().user(),
                TestDatabase.server().password())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> done = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int asked = 0;
    int read = 0;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.endsWith(".")) {
          // The kill cut the line off.
          continue;
        }
        String[] words = line.substring(0, line.length() - 1).split(" ", 2);
        switch (words[0]) {
          case "asked" -> asked++;
          case "done" -> done.add(words[1]);
          case "refused" -> refused.add(words[1]);
          default -> throw new AssertionError(line);
        }
        if (++read == lines) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return new Said(client, done, refused, asked);
  }

  /**
   * Asks the last request of each client again. Whether its move was made before the kill or not,
   * the move is now stored exactly once.
   */
  private static void askAgain(TestLedger ledger, List<Said> said) {
    StockRepository stock = new StockRepository(ledger.database());
    for (Said client : said) {
      int last = client.asked() - 1;
      String requestId = StormClient.request(client.client(), last).requestId();
      boolean done = StormClient.ask(stock, last).done(StormClient.request(client.client(), last));
      assertThat(standing(ledger).contains(requestId)).as(requestId).isEqualTo(done);
    }
  }

  private static Set<String> standing(TestLedger ledger) {
    Set<String> standing = new HashSet<>();
    LedgerInvariants.moves(ledger.url()).forEach(move -> standing.add(move.requestId()));
    return standing;
  }
}
