package io.stockledger.ledger.transfer;

import io.stockledger.ledger.AppendRule;
import io.stockledger.ledger.AppendRule.Decided;
import io.stockledger.ledger.AppendRule.NumberedMove;
import io.stockledger.ledger.Decision;
import io.stockledger.ledger.LatestMove;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.MoveRequest;
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
 * The decisions of one try on a batch: it reads what the rule needs, for many items at a time, and
 * lets the rule decide item by item.
 */
final class BatchPlan {
  private static final LocalDate BEFORE_ALL_MOVES = MoveRequest.FIRST_DAY.minusDays(1);

  private final Connection connection;
  private final Batch batch;
  private final Map<String, MadeMove> standing;
  private final ItemStates states;
  private final EarlierRun earlierRun;
  private final Map<Long, Long> numbersAtStart;
  private final List<NumberedMove> moves = new ArrayList<>();
  private final Map<Long, ItemState> statesAfter = new HashMap<>();

  /**
   * Makes a plan without decisions.
   *
   * @param standing the moves in the ledger that have a request id of the batch, as far as they
   *     were looked up
   * @param numbersAtStart the number of the latest move of each item when the first try on the
   *     batch knew or read it; the first plan adds them
   */
  BatchPlan(
      Connection connection,
      Batch batch,
      Map<String, MadeMove> standing,
      ItemStates states,
      EarlierRun earlierRun,
      Map<Long, Long> numbersAtStart) {
    this.connection = connection;
    this.batch = batch;
    this.standing = standing;
    this.states = states;
    this.earlierRun = earlierRun;
    this.numbersAtStart = numbersAtStart;
  }

  /** The moves to append. */
  List<NumberedMove> moves() {
    return moves;
  }

  /** The states of the items once the moves are appended. */
  Map<Long, ItemState> statesAfter() {
    return statesAfter;
  }

  /** Decides every line of the batch. */
  void decide() throws SQLException {
    batch.lines().forEach(PendingLine::forgetDecision);
    Map<Long, ItemState> known = new LinkedHashMap<>();
    List<Long> unread = new ArrayList<>();
    for (long itemId : batch.linesOfItem().keySet()) {
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
    unread.stream().filter(itemId -> !read.containsKey(itemId)).forEach(this::refuseUnknown);
  }

  private Map<Long, ItemState> read(List<Long> itemIds) throws SQLException {
    Map<Long, LatestMove> latestMoves = TransferStatements.latestMoves(connection, itemIds);
    Map<Long, ItemState> read = new LinkedHashMap<>();
    if (!states.keepsAll()) {
      latestMoves.forEach((itemId, latest) -> read.put(itemId, ItemState.of(latest)));
      return read;
    }
    Map<LatestMove, LocalDate> wanted = new LinkedHashMap<>();
    latestMoves.values().forEach(latest -> wanted.put(latest, BEFORE_ALL_MOVES));
    Map<Long, Map<LocalDate, BigDecimal>> days = TransferStatements.laterDays(connection, wanted);
    latestMoves.forEach(
        (itemId, latest) ->
            read.put(itemId, ItemState.ofAllDays(latest, days.getOrDefault(itemId, Map.of()))));
    return read;
  }

  /**
   * Decides the lines of some items.
   *
   * @param mustAppend whether the states may be old, so that only an append shows that they are not
   * @return the items that must be read: all their open lines are refused, so that there is nothing
   *     to append
   */
  private List<Long> decide(Map<Long, ItemState> items, boolean mustAppend) throws SQLException {
    Map<Long, List<PendingLine>> open = new HashMap<>();
    for (long itemId : items.keySet()) {
      open.put(
          itemId,
          earlierRun.decide(
              connection, itemId, batch.linesOfItem().get(itemId), standing, numbersAtStart));
    }
    Map<Long, ItemState> complete = withLaterDays(items, open);
    List<Long> undecided = new ArrayList<>();
    for (Map.Entry<Long, ItemState> item : complete.entrySet()) {
      if (!decide(item.getKey(), item.getValue(), open.get(item.getKey()), mustAppend)) {
        undecided.add(item.getKey());
      }
    }
    return undecided;
  }

  /** Adds the sums of later days to the states of items with a removal that needs them. */
  private Map<Long, ItemState> withLaterDays(
      Map<Long, ItemState> items, Map<Long, List<PendingLine>> open) throws SQLException {
    Map<LatestMove, LocalDate> missing = new LinkedHashMap<>();
    items.forEach(
        (itemId, state) ->
            earliestRemoval(open.get(itemId))
                .filter(day -> !state.knowsFrom(day))
                .ifPresent(day -> missing.put(state.latest(), day)));
    if (missing.isEmpty()) {
      return items;
    }
    Map<Long, Map<LocalDate, BigDecimal>> days = TransferStatements.laterDays(connection, missing);
    Map<Long, ItemState> complete = new LinkedHashMap<>(items);
    missing.forEach(
        (latest, day) ->
            complete.computeIfPresent(
                latest.itemId(),
                (itemId, state) -> state.withDays(day, days.getOrDefault(itemId, Map.of()))));
    return complete;
  }

  private Optional<LocalDate> earliestRemoval(List<PendingLine> lines) {
    LocalDate earliest = null;
    for (PendingLine line : lines) {
      LocalDate day = line.asked().date();
      if (line.asked().increment() < 0
          && (earliest == null || day.isBefore(earliest))
          && !standing.containsKey(line.requestId())) {
        earliest = day;
      }
    }
    return Optional.ofNullable(earliest);
  }

  /** Returns false if the item must be read and decided again. */
  private boolean decide(long itemId, ItemState state, List<PendingLine> open, boolean mustAppend) {
    Decided decided =
        AppendRule.decide(
            state.latest(),
            state.laterDays(),
            standingOf(open),
            open.stream().map(PendingLine::asked).toList());
    if (mustAppend
        && decided.moves().isEmpty()
        && decided.decisions().stream().anyMatch(decision -> !decision.isFinal())) {
      batch.linesOfItem().get(itemId).forEach(PendingLine::forgetDecision);
      return false;
    }
    for (int i = 0; i < open.size(); i++) {
      open.get(i).decide(decided.decisions().get(i));
    }
    moves.addAll(decided.moves());
    numbersAtStart.putIfAbsent(itemId, state.latest().moveNo());
    statesAfter.put(itemId, state.followedBy(decided.moves(), decided.latest()));
    return true;
  }

  private Map<String, Move> standingOf(List<PendingLine> lines) {
    if (standing.isEmpty()) {
      return Map.of();
    }
    Map<String, Move> moves = new HashMap<>();
    for (PendingLine line : lines) {
      MadeMove made = standing.get(line.requestId());
      if (made != null) {
        moves.put(line.requestId(), made.move());
      }
    }
    return moves;
  }

  private void refuseUnknown(long itemId) {
    for (PendingLine line : batch.linesOfItem().get(itemId)) {
      MadeMove made = standing.get(line.requestId());
      line.decide(
          made == null
              ? new Decision.NoSuchItem()
              : Decision.ofStanding(made.move(), line.asked()));
    }
  }
}
