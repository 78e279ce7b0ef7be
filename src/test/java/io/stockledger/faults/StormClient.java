package io.stockledger.faults;

import io.stockledger.db.Database;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A program that moves stock, one item or an order of two, until it is killed. It prints {@code
 * asked ID.} before each request, and {@code done ID.} or {@code refused ID.} after the answer.
 */
public final class StormClient {
  /** The second item of the orders. */
  static final long OTHER_ITEM = 102;

  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private StormClient() {}

  /**
   * Runs until killed.
   *
   * @param arguments the database's URL, a prefix of the request ids, user, password
   */
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

  /**
   * Prints a line that ends with a full stop, so that a line that the kill cut off can be
   * recognized.
   */
  private static void say(String what, MoveRequest request) {
    System.out.println(what + " " + request.requestId() + ".");
  }

  /** Returns the i-th request of a client, which is the same every time. */
  static MoveRequest request(String client, int i) {
    return new MoveRequest(101, 1 + i % 3, DAY.plusDays(i % 2), client + "-" + i);
  }

  /** Returns an order of two items, one of them twice; the items come in either order. */
  private static Request order(MoveRequest request) {
    List<RequestLine> lines =
        List.of(
            new RequestLine(101, -request.quantity()),
            new RequestLine(OTHER_ITEM, 2),
            new RequestLine(101, -1));
    List<RequestLine> reversed = new ArrayList<>(lines);
    Collections.reverse(reversed);
    return new Request(
        request.requestId(), request.date(), "", request.quantity() == 1 ? lines : reversed);
  }

  /** A command of the ledger that executes a request. */
  @FunctionalInterface
  interface Way {
    boolean done(MoveRequest request);
  }

  static Way ask(StockRepository stock, int i) {
    return switch (i % 4) {
      case 0 ->
          request -> {
            stock.add(request);
            return true;
          };
      case 1 -> request -> stock.removeAtomic(request) instanceof Removal.Removed;
      case 2 -> request -> stock.removeChecked(request) instanceof Removal.Removed;
      default -> request -> stock.post(order(request)) instanceof Posting.Made;
    };
  }
}
