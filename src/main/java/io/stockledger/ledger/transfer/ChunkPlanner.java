package io.stockledger.ledger.transfer;

import io.stockledger.ledger.Decision;
import io.stockledger.ledger.LatestMove;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.StandingRequest;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a {@link ChunkPlan} needs, for many items at a time, in one try on a chunk.
 *
 * <p>An item whose state is known from an earlier chunk is decided on that state first. The others,
 * and those whose lines are all refused on such a state, are read.
 */
final class ChunkPlanner {
  private static final LocalDate BEFORE_ALL_MOVES = MoveRequest.FIRST_DAY.minusDays(1);

  private final Connection connection;
  private final Chunk chunk;
  private final Map<String, StandingRequest> madeMoves;
  private final ItemStates states;
  private final EarlierRun earlierRun;
  private final Map<Long, Long> placesReached;
  private final ChunkPlan plan;

  /**
   * Makes a planner for one try.
   *
   * @param madeMoves the moves in the ledger that have a request id of the chunk, by id, as far as
   *     they were looked up
   * @param placesReached the number of the latest move of each item when the first try on the lines
   *     knew or read it; the first plan adds them
   */
  ChunkPlanner(
      Connection connection,
      Chunk chunk,
      Map<String, StandingRequest> madeMoves,
      ItemStates states,
      EarlierRun earlierRun,
      Map<Long, Long> placesReached) {
    this.connection = connection;
    this.chunk = chunk;
    this.madeMoves = madeMoves;
    this.states = states;
    this.earlierRun = earlierRun;
    this.placesReached = placesReached;
    this.plan = new ChunkPlan(chunk, madeMoves);
  }

  /** Returns a plan with a decision on every line of the chunk. */
  ChunkPlan plan() throws SQLException {
    Map<Long, ItemState> known = new LinkedHashMap<>();
    List<Long> unread = new ArrayList<>();
    for (long itemId : chunk.linesOfItem().keySet()) {
      Optional<ItemState> state = states.of(itemId);
      state.ifPresent(value -> known.put(itemId, value));
      if (state.isEmpty()) {
        unread.add(itemId);
      }
    }
    // The memory of a dry run is its ledger; any other state may be old.
    unread.addAll(decide(known, !states.keepsAll()));
    Map<Long, ItemState> read = read(unread);
    decide(read, false);
    unread.stream().filter(itemId -> !read.containsKey(itemId)).forEach(plan::decideUnknown);
    return plan;
  }

  private Map<Long, ItemState> read(List<Long> itemIds) throws SQLException {
    Map<Long, LatestMove> latestMoves = TransferStatements.ITEMS.latestMoves(connection, itemIds);
    Map<Long, ItemState> read = new LinkedHashMap<>();
    if (!states.keepsAll()) {
      latestMoves.forEach((itemId, latest) -> read.put(itemId, ItemState.of(latest)));
      return read;
    }
    Map<LatestMove, LocalDate> wanted = new LinkedHashMap<>();
    latestMoves.values().forEach(latest -> wanted.put(latest, BEFORE_ALL_MOVES));
    Map<Long, Map<LocalDate, BigDecimal>> days =
        TransferStatements.ITEMS.laterDays(connection, wanted);
    latestMoves.forEach(
        (itemId, latest) ->
            read.put(itemId, ItemState.ofAllDays(latest, days.getOrDefault(itemId, Map.of()))));
    return read;
  }

  /**
   * Decides the lines of some items.
   *
   * @param mayBeOld whether only an append shows that a state is still that of the ledger
   * @return the items that must be read and decided again
   */
  private List<Long> decide(Map<Long, ItemState> items, boolean mayBeOld) throws SQLException {
    Map<Long, Map<Long, Decision>> refusals = new HashMap<>();
    Map<Long, List<MoveLine>> open = new HashMap<>();
    for (long itemId : items.keySet()) {
      List<MoveLine> lines = chunk.linesOfItem().get(itemId);
      Map<Long, Decision> refused = refusalsOfEarlierRun(itemId, lines);
      refusals.put(itemId, refused);
      open.put(
          itemId,
          refused.isEmpty()
              ? lines
              : lines.stream().filter(line -> !refused.containsKey(line.number())).toList());
    }
    List<Long> mustBeRead = new ArrayList<>();
    withLaterDays(items, open)
        .forEach(
            (itemId, state) -> {
              if (plan.decide(itemId, state, open.get(itemId), refusals.get(itemId), mayBeOld)) {
                placesReached.putIfAbsent(itemId, state.latest().moveNo());
              } else {
                mustBeRead.add(itemId);
              }
            });
    return mustBeRead;
  }

  /** Returns how an earlier run refused lines of an item, by line number. */
  private Map<Long, Decision> refusalsOfEarlierRun(long itemId, List<MoveLine> lines)
      throws SQLException {
    Map<Long, Decision> refusals = new HashMap<>();
    for (EarlierRun.PlacedLine placed :
        earlierRun.mayBeRefused(itemId, lines, madeMoves, placesReached)) {
      LatestMove atPlace = TransferStatements.moveAt(connection, itemId, placed.place());
      Map<LocalDate, BigDecimal> laterDays =
          placed.needsLaterDays(atPlace)
              ? TransferStatements.ITEMS
                  .laterDays(connection, Map.of(atPlace, placed.line().asked().date()))
                  .getOrDefault(itemId, Map.of())
              : Map.of();
      placed
          .refusal(atPlace, laterDays)
          .ifPresent(refusal -> refusals.put(placed.line().number(), refusal));
    }
    return refusals;
  }

  /** Adds the sums of later days to the states of items with a removal that needs them. */
  private Map<Long, ItemState> withLaterDays(
      Map<Long, ItemState> items, Map<Long, List<MoveLine>> open) throws SQLException {
    Map<LatestMove, LocalDate> missing = new LinkedHashMap<>();
    items.forEach(
        (itemId, state) ->
            plan.missingDay(state, open.get(itemId))
                .ifPresent(day -> missing.put(state.latest(), day)));
    if (missing.isEmpty()) {
      return items;
    }
    Map<Long, Map<LocalDate, BigDecimal>> days =
        TransferStatements.ITEMS.laterDays(connection, missing);
    Map<Long, ItemState> complete = new LinkedHashMap<>(items);
    missing.forEach(
        (latest, day) ->
            complete.computeIfPresent(
                latest.itemId(),
                (itemId, state) -> state.withDays(day, days.getOrDefault(itemId, Map.of()))));
    return complete;
  }
}
