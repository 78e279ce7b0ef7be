package io.stockledger.faults;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;

/**
 * A process that moves stock until it is killed. It says {@code asked ID} before each request and
 * {@code done ID} or {@code refused ID} once it was answered.
 */
public final class StormClient {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private StormClient() {}

  /** Arguments: the database's URL, a name for the request ids, user and password. */
  public static void main(String[] arguments) {
    try (Database database = TestLedger.open(arguments[0], arguments[2], arguments[3], 1)) {
      StockRepository stock = new StockRepository(database);
      for (int i = 0; ; i++) {
        MoveRequest request = request(arguments[1], i);
        say("asked", request);
        say(ask(stock, i).done(request) ? "done" : "refused", request);
      }
    }
  }

  /** The full stop tells a whole line from one that the kill cut off. */
  private static void say(String what, MoveRequest request) {
    System.out.println(what + " " + request.requestId() + ".");
  }

  /** The i-th request of a client: the same whenever it is asked. */
  static MoveRequest request(String client, int i) {
    return new MoveRequest(101, 1 + i % 3, DAY.plusDays(i % 2), client + "-" + i);
  }

  /** How the i-th request is made. */
  @FunctionalInterface
  interface Way {
    boolean done(MoveRequest request);
  }

  static Way ask(StockRepository stock, int i) {
    return switch (i % 3) {
      case 0 ->
          request -> {
            stock.add(request);
            return true;
          };
      case 1 -> request -> stock.removeAtomic(request) instanceof Removal.Removed;
      default -> request -> stock.removeChecked(request) instanceof Removal.Removed;
    };
  }
}
