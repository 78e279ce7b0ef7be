import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.count.CountResult;
import io.stockledger.ledger.hold.Holding;
import io.stockledger.ledger.item.Item;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.library.LedgerLimits;
import io.stockledger.library.StockLedger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A shop that sells tea and cups. Its arguments are a JDBC URL and a user. */
public final class Shop {
  private static final long TEA = 1;
  private static final long CUP = 2;

  public static void main(String[] arguments) throws InterruptedException {
    HikariConfig configuration = new HikariConfig();
    configuration.setJdbcUrl(arguments[0]);
    configuration.setUsername(arguments[1]);
    configuration.setPassword(System.getenv("SHOP_PASSWORD"));
    try (HikariDataSource dataSource = new HikariDataSource(configuration);
        StockLedger ledger = StockLedger.open(dataSource, LedgerLimits.usual())) {
      ledger.setUp(Duration.ofMinutes(5), System.err::println);
      ledger.addItem(new Item(TEA, "TEA-100", "Green tea, 100 g"));
      ledger.addItem(new Item(CUP, "CUP-1", "Tea cup"));

      request(ledger, "delivery-1", 10, 4);
      request(ledger, "order-1", -2, -1);
      request(ledger, "order-1", -2, -1);
      request(ledger, "order-2", -20, -5);
      request(ledger, "order-3", -3, -1);
      ledger.reverse("order-1", Optional.empty(), "sent back");

      Request cart = Request.ofOneLine(TEA, -2, LocalDate.now(), "cart-1");
      if (ledger.hold(cart, Duration.ofMinutes(15)) instanceof Holding.Held) {
        System.out.println("cart-1: " + ledger.commitHold("cart-1"));
        System.out.println("cart-1: " + ledger.releaseHold("cart-1"));
      }
      CountRequest shelf =
          new CountRequest("count-1", CUP, LocalDate.now(), 2, OptionalLong.empty(), "");
      if (ledger.count(shelf) instanceof CountResult.Counted counted) {
        System.out.println("count-1: corrected by " + counted.count().difference());
      }

      System.out.println(new TreeMap<>(ledger.stocksAt(Set.of(TEA, CUP), LocalDate.now())));
    }
  }

  private static void request(StockLedger ledger, String id, long tea, long cups)
      throws InterruptedException {
    List<RequestLine> lines = List.of(new RequestLine(TEA, tea), new RequestLine(CUP, cups));
    Posting posting = answer(ledger, new Request(id, LocalDate.now(), "", lines));
    if (posting instanceof Posting.Made made) {
      System.out.println(id + (made.isRepeated() ? ": made before" : ": made"));
    } else if (posting instanceof Posting.Insufficient refused) {
      System.out.println(id + ": refused");
      for (Shortage shortage : refused.shortages()) {
        System.out.printf(
            "  item %d: %d there, %d asked for%n",
            shortage.itemId(), shortage.available(), shortage.required());
      }
    }
  }

  /** Sends a request until it has an answer. It is made at most once, however often it is sent. */
  private static Posting answer(StockLedger ledger, Request request) throws InterruptedException {
    while (true) {
      try {
        return ledger.post(request);
      } catch (OutcomeUnknownException | DatabaseUnreachableException e) {
        System.out.println(request.id() + ": " + e.kind() + ", asking again");
        Thread.sleep(1000);
      }
    }
  }
}
