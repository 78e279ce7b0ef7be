package io.stockledger.ledger.transfer;

import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.EarlierRun.PlacedRequest;
import io.stockledger.ledger.transfer.lines.FileRequest;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a {@link ChunkPlan} needs, for many items at a time, in one try on a chunk.
 *
 * <p>The requests are decided on what is known of their items from an earlier chunk, and on what is
 * read of the others. Such knowledge may be old. Where no append would show that, the items are
 * read too, and the chunk is decided once more.
 */
final class ChunkPlanner {
  private static final LocalDate BEFORE_ALL_MOVES = MoveRequest.FIRST_DAY.minusDays(1);

  private final Connection connection;
  private final Chunk chunk;
  private final Map<String, StandingRequest> madeRequests;
  private final ItemStates states;
  private final EarlierRun earlierRun;
  private final Map<Long, Long> placesReached;

  /** What the requests are decided on, by item. */
  private final Map<Long, ItemState> items = new HashMap<>();

  /** The decisions on requests that an earlier run refused, by their numbers. */
  private final Map<Long, Decision> refusals = new HashMap<>();

  /**
   * Makes a planner for one try.
   *
   * @param madeRequests the requests in the ledger that have an id of the chunk, by id, as far as
   *     they were looked up
   * @param placesReached the number of the latest move of each item when the first try on the
   *     requests knew or read it; the first plan adds them
   */
  ChunkPlanner(
      Connection connection,
      Chunk chunk,
      Map<String, StandingRequest> madeRequests,
      ItemStates states,
      EarlierRun earlierRun,
      Map<Long, Long> placesReached) {
    this.connection = connection;
    this.chunk = chunk;
    this.madeRequests = madeRequests;
    this.states = states;
    this.earlierRun = earlierRun;
    this.placesReached = placesReached;
  }

  /** Returns a plan with a decision on every request of the chunk. */
  ChunkPlan plan() throws SQLException {
    Set<Long> unread = new HashSet<>();
    for (long itemId : chunk.requestsOfItem().keySet()) {
      states
          .of(itemId)
          .ifPresentOrElse(state -> items.put(itemId, state), () -> unread.add(itemId));
    }
    // The memory of a dry run is its ledger; any other state may be old.
    Set<Long> mayBeOld = states.keepsAll() ? new HashSet<>() : new HashSet<>(items.keySet());
    read(unread);
    refuseWhatAnEarlierRunRefused();
    ChunkPlan plan = decide();
    Set<Long> old = plan.itemsToRead();
    old.retainAll(mayBeOld);
    while (!old.isEmpty()) {
      read(old);
      mayBeOld.removeAll(old);
      plan = decide();
      // On the new states other requests may be refused, and their items may be old.
      old = plan.itemsToRead();
      old.retainAll(mayBeOld);
    }
    items.forEach((itemId, state) -> placesReached.putIfAbsent(itemId, state.latest().moveNo()));
    return plan;
  }

  private ChunkPlan decide() throws SQLException {
    addLaterDays();
    return ChunkPlan.decide(chunk, madeRequests, items, refusals);
  }

  private void read(Collection<Long> itemIds) throws SQLException {
    if (itemIds.isEmpty()) {
      return;
    }
    Map<Long, LatestMove> latestMoves = TransferStatements.ITEMS.latestMoves(connection, itemIds);
    itemIds.forEach(items::remove);
    if (!states.keepsAll()) {
      latestMoves.forEach((itemId, latest) -> items.put(itemId, ItemState.of(latest)));
      return;
    }
    Map<LatestMove, LocalDate> wanted = new LinkedHashMap<>();
    latestMoves.values().forEach(latest -> wanted.put(latest, BEFORE_ALL_MOVES));
    Map<Long, Map<LocalDate, BigDecimal>> days =
        TransferStatements.ITEMS.laterDays(connection, wanted);
    latestMoves.forEach(
        (itemId, latest) ->
            items.put(itemId, ItemState.ofAllDays(latest, days.getOrDefault(itemId, Map.of()))));
  }

  private void refuseWhatAnEarlierRunRefused() throws SQLException {
    for (PlacedRequest placed : earlierRun.mayBeRefused(chunk, madeRequests, placesReached)) {
      Map<Long, LatestMove> latest = new HashMap<>();
      Map<Long, Map<LocalDate, BigDecimal>> laterDays = new HashMap<>();
      for (long itemId : placed.request().itemIds()) {
        ItemState state = items.get(itemId);
        if (state != null) {
          ItemState atPlace = stateAtPlace(placed, state);
          latest.put(itemId, atPlace.latest());
          laterDays.put(itemId, atPlace.laterDays());
        }
      }
      placed
          .refusal(latest, laterDays)
          .ifPresent(refusal -> refusals.put(placed.request().number(), refusal));
    }
  }

  /** Returns the state of an item at the place of a request, as far as the request needs it. */
  private ItemState stateAtPlace(PlacedRequest placed, ItemState state) throws SQLException {
    long itemId = state.latest().itemId();
    Long place = placed.places().get(itemId);
    ItemState atPlace =
        place == null ? state : ItemState.of(TransferStatements.moveAt(connection, itemId, place));
    LocalDate day = placed.request().asked().date();
    if (atPlace.knowsFrom(day) || !placed.removes(itemId)) {
      return atPlace;
    }
    return atPlace.withDays(
        day,
        TransferStatements.ITEMS
            .laterDays(connection, Map.of(atPlace.latest(), day))
            .getOrDefault(itemId, Map.of()));
  }

  /** Adds the sums of later days to the states of items with a removal that needs them. */
  private void addLaterDays() throws SQLException {
    Map<LatestMove, LocalDate> missing = new LinkedHashMap<>();
    items.forEach(
        (itemId, state) ->
            ChunkPlan.missingDay(
                    itemId, state, chunk.requestsOfItem().get(itemId), this::isDecidedOnStates)
                .ifPresent(day -> missing.put(state.latest(), day)));
    if (missing.isEmpty()) {
      return;
    }
    Map<Long, Map<LocalDate, BigDecimal>> days =
        TransferStatements.ITEMS.laterDays(connection, missing);
    missing.forEach(
        (latest, day) ->
            items.computeIfPresent(
                latest.itemId(),
                (itemId, state) -> state.withDays(day, days.getOrDefault(itemId, Map.of()))));
  }

  private boolean isDecidedOnStates(FileRequest request) {
    return !madeRequests.containsKey(request.requestId())
        && !refusals.containsKey(request.number());
  }
}
