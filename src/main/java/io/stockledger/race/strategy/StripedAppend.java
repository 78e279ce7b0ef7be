package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Backoff;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockTables;
import io.stockledger.race.sale.Stripes;
import io.stockledger.race.sale.TransientErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compare-and-append without a single hot row: the stock of an item is in several lanes, each a
 * small ledger with its own numbers and its own balance. A buyer starts at a random lane, and goes
 * on to the next one if the lane is short or another buyer took its next number.
 *
 * <p>Exact for these reasons. A lane never falls below zero, because its next move is decided on
 * its latest one, and the primary key admits only one next move. A purchase larger than every lane
 * reads all lanes in one statement, that is in one snapshot. If their sum is short at that moment,
 * the refusal is right; otherwise one transaction appends to several lanes, each at the number that
 * follows the one read. If any of these numbers is taken, nothing is appended and the lanes are
 * read again. Nothing is locked while deciding, and nothing is ever updated.
 */
final class StripedAppend implements RaceStrategy, StockTables {
  private static final int LANES = 16;
  private static final int TRIES = 100;

  private static final String APPEND =
      """
      INSERT INTO race_lane_move
        (item_id, lane, move_no, stock_increment, stock_after, request_id)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private static final String APPEND_TO_LATEST =
      """
      INSERT INTO race_lane_move
        (item_id, lane, move_no, stock_increment, stock_after, request_id)
      SELECT item_id, lane, move_no + 1, ?, stock_after - ?, ?
      FROM (
        SELECT item_id, lane, move_no, stock_after
        FROM race_lane_move
        WHERE item_id = ? AND lane = ?
        ORDER BY move_no DESC LIMIT 1
      ) AS latest
      WHERE stock_after >= ?
      """;

  private static final String LATEST_OF_LANE =
      """
      (SELECT lane, move_no, stock_after
       FROM race_lane_move
       WHERE item_id = ? AND lane = ?
       ORDER BY move_no DESC LIMIT 1)
      """;

  /** Reads all lanes at one moment: one statement, with one index probe per lane. */
  private static final String LATEST_OF_LANES =
      String.join("UNION ALL\n", Collections.nCopies(LANES, LATEST_OF_LANE));

  private static final String UNITS_SOLD =
      """
      SELECT COALESCE(SUM(-stock_increment), 0)
      FROM race_lane_move WHERE item_id = ? AND move_no > 1
      """;

  private record Lane(int number, long moveNo, long stock) {}

  @Override
  public StrategyName name() {
    return StrategyName.STRIPED_APPEND;
  }

  @Override
  public StockTables stockTables() {
    return this;
  }

  @Override
  public Set<RaceTable> tables() {
    return Set.of(RaceTable.LANE_MOVE);
  }

  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    for (int lane = 0; lane < LANES; lane++) {
      long share = Stripes.share(goods.stock(), LANES, lane);
      Sql.update(connection, APPEND, goods.itemId(), lane, 1, share, share, "load");
    }
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    int conflicts = 0;
    while (conflicts < TRIES) {
      // After its first conflicts the buyer tries another lane at once, and only later waits.
      if (conflicts > LANES) {
        Backoff.pause(conflicts - LANES);
      }
      try {
        return tryOnce(connection, purchase).after(conflicts);
      } catch (SQLException e) {
        if (!TransientErrors.isDuplicateKey(e) && !TransientErrors.isTransient(e)) {
          throw e;
        }
        conflicts++;
      }
    }
    return new Outcome.GaveUp(conflicts);
  }

  private static Outcome tryOnce(Connection connection, Purchase purchase) throws SQLException {
    int first = ThreadLocalRandom.current().nextInt(LANES);
    for (int i = 0; i < LANES; i++) {
      int lane = (first + i) % LANES;
      Outcome outcome =
          Checkout.oneStatement(
              connection, purchase, () -> appendToOne(connection, purchase, lane));
      boolean laneIsShort =
          outcome instanceof Outcome.Refused refused
              && refused.reason() == RefusalReason.NOT_ENOUGH;
      if (!laneIsShort) {
        return outcome;
      }
    }
    return Checkout.inTransaction(
        connection, purchase, () -> appendToSeveral(connection, purchase));
  }

  private static Outcome appendToOne(Connection connection, Purchase purchase, int lane)
      throws SQLException {
    int rows =
        Sql.update(
            connection,
            APPEND_TO_LATEST,
            -purchase.quantity(),
            purchase.quantity(),
            purchase.requestId(),
            purchase.itemId(),
            lane,
            purchase.quantity());
    return rows == 1 ? Outcome.sold() : Outcome.refused(RefusalReason.NOT_ENOUGH);
  }

  private static Outcome appendToSeveral(Connection connection, Purchase purchase)
      throws SQLException {
    List<Lane> lanes = latest(connection, purchase.itemId());
    if (lanes.stream().mapToLong(Lane::stock).sum() < purchase.quantity()) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    long missing = purchase.quantity();
    for (Lane lane : lanes) {
      long part = Math.min(missing, lane.stock());
      if (part > 0) {
        Sql.update(
            connection,
            APPEND,
            purchase.itemId(),
            lane.number(),
            lane.moveNo() + 1,
            -part,
            lane.stock() - part,
            purchase.requestId());
      }
      missing -= part;
    }
    return Outcome.sold();
  }

  /** Returns the lanes in their order, so that two buyers do not deadlock on several lanes. */
  private static List<Lane> latest(Connection connection, long itemId) throws SQLException {
    Object[] itemAndLanes =
        IntStream.range(0, LANES).boxed().flatMap(lane -> Stream.of(itemId, lane)).toArray();
    return Sql.rows(
            connection,
            LATEST_OF_LANES,
            row -> new Lane(row.getInt("lane"), row.getLong("move_no"), row.getLong("stock_after")),
            itemAndLanes)
        .stream()
        .sorted(Comparator.comparingInt(Lane::number))
        .toList();
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    long left = latest(connection, itemId).stream().mapToLong(Lane::stock).sum();
    return new FinalState(left, Map.of("moves", Sql.number(connection, UNITS_SOLD, itemId)));
  }
}
