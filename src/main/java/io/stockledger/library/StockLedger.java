package io.stockledger.library;

import io.stockledger.db.DataSourceSettings;
import io.stockledger.db.Database;
import io.stockledger.db.RefusedPropertyException;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.SessionRefusedException;
import io.stockledger.db.failure.StatementTimeoutException;
import io.stockledger.ledger.ItemExistsException;
import io.stockledger.ledger.NotCorrectableException;
import io.stockledger.ledger.NotSoldException;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.RequestIdReusedException;
import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.StockTooLargeException;
import io.stockledger.ledger.SumOutOfRangeException;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.UnknownRequestException;
import io.stockledger.ledger.count.CountRepository;
import io.stockledger.ledger.count.CountResult;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.hold.Holding;
import io.stockledger.ledger.hold.OpenHold;
import io.stockledger.ledger.item.Item;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.setup.LedgerSetup;
import io.stockledger.ledger.setup.NewerTablesException;
import io.stockledger.ledger.setup.OtherShapeException;
import io.stockledger.ledger.setup.TiflashNotReadyException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * A ledger in a database, for the threads of one program. It may be used by any number of threads
 * at the same time; their requests share statements, so a program has one ledger for a database and
 * keeps it open. Other programs, and {@code stock} commands, may write to the same ledger.
 *
 * <p>Every method throws {@link DatabaseUnreachableException}, {@link SessionRefusedException},
 * {@link BusyException}, {@link StatementTimeoutException} or {@link DatabaseException} if the
 * database can't do its part. No move was made then; a method that makes moves throws {@link
 * OutcomeUnknownException} instead if they may have been made. A thread that is interrupted while
 * it waits gets an {@link IllegalStateException}, or {@link DatabaseUnreachableException} if it
 * waits for a session, and no move was made either.
 */
public final class StockLedger implements AutoCloseable {
  private static final int MOST_ITEMS = 100;

  private final Database database;
  private final StockRepository stock;
  private final ItemRepository items;
  private final HoldRepository holds;
  private final CountRepository counts;

  private StockLedger(Database database) {
    this.database = database;
    this.stock = new StockRepository(database);
    this.items = new ItemRepository(database);
    this.holds = new HoldRepository(database, stock);
    this.counts = new CountRepository(database, stock);
  }

  /**
   * Opens the ledger in the database to which a data source leads. The ledger reads server,
   * database, user, password and encryption from one connection of the data source, gives that
   * connection back untouched, and opens sessions of its own. The data source is not used after
   * that.
   *
   * @throws RefusedPropertyException if the data source sets a property of the driver that decides
   *     on the way to the server and that the ledger does not know
   * @throws IllegalArgumentException if the data source opens no connections of Connector/J, or
   *     leads to several hosts or to no database
   */
  public static StockLedger open(DataSource dataSource, LedgerLimits limits) {
    return new StockLedger(
        Database.open(
            DataSourceSettings.read(
                dataSource,
                limits.connectTimeout(),
                limits.statementTimeout(),
                limits.retryLimit()),
            limits.sessions()));
  }

  /**
   * Makes the tables that do not exist, and on a TiDB with TiFlash their copies. Changes nothing
   * that exists, so a program may call this at each start, and again if the database failed.
   *
   * @param tiflashLimit how long to wait for the copies on TiFlash
   * @param notices gets progress and remarks, one sentence each
   * @return whether a table was made
   * @throws OtherShapeException if an existing table is not the ledger's; nothing is changed
   * @throws NewerTablesException if the tables are of a newer version; nothing is changed
   * @throws TiflashNotReadyException if the copies are not complete in time; all else is done
   */
  public boolean setUp(Duration tiflashLimit, Consumer<String> notices) {
    return new LedgerSetup(database, notices).setUp(tiflashLimit, false);
  }

  /**
   * Registers an item. Registering the same item again changes nothing, also if the database failed
   * at the first time.
   *
   * @throws ItemExistsException if another item has its number, or a code that looks the same or
   *     differs in case only
   */
  public void addItem(Item item) {
    items.add(item);
  }

  /**
   * Returns the number of the item that has the code, with its upper and lower case.
   *
   * @throws UnknownItemException if no item has it
   */
  public long itemId(String itemCode) {
    return items.idOf(itemCode);
  }

  /**
   * Makes all moves of a request, or none of them. Lines of one item are decided in their order,
   * each on what the lines before it leave. A request that is sent again, with the same id, is made
   * once.
   *
   * @return {@link Posting.Made}, or {@link Posting.Insufficient} with each item that is short
   * @throws InvalidValueException if the request has a value that no request may have
   * @throws UnknownItemException if no item has the number of a line
   * @throws RequestIdReusedException if the request id belongs to another request
   * @throws StockTooLargeException if the stock of an item would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out:
   *     send the same request again
   */
  public Posting post(Request request) {
    return stock.post(request);
  }

  /**
   * Makes the exact opposite of all moves of a request, or none of them, once. A hold that is
   * committed is a sale like any other; one that is not is released in place of a reversal.
   *
   * @param date the day of the opposite; if empty, that of the first moves
   * @param note a remark; empty if there is none
   * @throws InvalidValueException if the day or the note is one that no request may have
   * @throws UnknownRequestException if no move has the request id
   * @throws NotSoldException if the request is a hold that is not committed
   * @throws RequestIdReusedException if the request was reversed on another day
   * @throws NotCorrectableException if the request was corrected: reverse its last correction
   * @throws StockTooLargeException if the stock of an item would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out:
   *     reverse the same request again
   */
  public Reversal reverse(String requestId, Optional<LocalDate> date, String note) {
    return stock.reverse(requestId, date, note);
  }

  /**
   * Holds units for some time, for a customer who is paying: makes the removals of a request at
   * once, all of them or none, until the hold is committed or released. A hold that is sent again,
   * with the same id, is made once and keeps its time.
   *
   * @param request its lines are removals only
   * @param time from 1 second to 366 days, by the clock of the server
   * @return {@link Holding.Held}, or {@link Holding.Insufficient} with each item that is short
   * @throws InvalidValueException if the request or the time has a value that no hold may have
   * @throws UnknownItemException if no item has the number of a line
   * @throws RequestIdReusedException if the request id belongs to another request
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out:
   *     send the same hold again
   */
  public Holding hold(Request request, Duration time) {
    return holds.hold(request.with(new Purpose.Hold(new Purpose.ExpiresIn(time))));
  }

  /**
   * Commits a hold, once: its units are sold. Refused if its time is over, by the clock of the
   * server, or if it is released.
   *
   * @return {@link Ending.Ended}, or {@link Ending.NotEnded} with the reason
   * @throws InvalidValueException if no request may have such an id
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out:
   *     commit the same hold again
   */
  public Ending commitHold(String requestId) {
    return holds.commit(requestId);
  }

  /**
   * Releases a hold, once: makes the exact opposite of its moves, on their day. Refused if it is
   * committed.
   *
   * @return {@link Ending.Ended}, or {@link Ending.NotEnded} with the reason
   * @throws InvalidValueException if no request may have such an id
   * @throws RequestIdReusedException if the id of the opposite belongs to another request
   * @throws StockTooLargeException if the stock of an item would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out:
   *     release the same hold again
   */
  public Ending releaseHold(String requestId) {
    return holds.release(requestId);
  }

  /**
   * Passes on the holds that have no end, those first that expire first.
   *
   * @param overdueOnly whether only those are wanted whose time is over
   * @param receiver returns whether it wants more holds
   */
  public void forEachOpenHold(boolean overdueOnly, Predicate<OpenHold> receiver) {
    holds.forEachOpen(overdueOnly, receiver);
  }

  /**
   * Makes the ledger's stock of an item what was counted, by one move of the difference. What is
   * sold meanwhile is neither lost nor counted twice. A count that is sent again, with the same id,
   * is made once.
   *
   * @return {@link CountResult.Counted}, or why the count is refused
   * @throws InvalidValueException if the day is too far ahead
   * @throws UnknownItemException if no item has that number
   * @throws RequestIdReusedException if the request id belongs to a request that is no count
   * @throws StockTooLargeException if the stock would be above BIGINT
   * @throws SumOutOfRangeException if the stock of the day is above BIGINT, which only later
   *     removals may allow
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out:
   *     send the same count again
   */
  public CountResult count(CountRequest request) {
    return counts.count(request);
  }

  /**
   * Returns the stock of an item at the end of a day: the sum of all its moves dated up to it.
   *
   * @throws UnknownItemException if no item has that number
   * @throws SumOutOfRangeException if the sum is above BIGINT, which only later removals may allow
   */
  public long stockAt(long itemId, LocalDate day) {
    return stock.stockAt(itemId, day);
  }

  /**
   * Returns the stocks of several items at the end of a day, by item, all of one moment. Unknown
   * items are not in the map.
   *
   * @param itemIds at most 100, because one statement reads them all
   * @throws InvalidValueException if there are more
   * @throws SumOutOfRangeException if a sum is above BIGINT
   */
  public Map<Long, Long> stocksAt(Set<Long> itemIds, LocalDate day) {
    if (itemIds.size() > MOST_ITEMS) {
      throw new InvalidValueException(
          "number of items", "at most " + MOST_ITEMS + " are read at once.");
    }
    if (itemIds.isEmpty()) {
      return Map.of();
    }
    Map<Long, Long> stocks = new HashMap<>();
    stock.stocksOf(itemIds, day).forEach((itemId, ofDay) -> stocks.put(itemId, ofDay.units()));
    return stocks;
  }

  /** Closes the sessions. Requests that are under way fail; wait for their answers first. */
  @Override
  public void close() {
    database.close();
  }
}
