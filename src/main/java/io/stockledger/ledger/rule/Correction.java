package io.stockledger.ledger.rule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A correction of a move: one request that takes the wrong move back and makes the right one.
 *
 * <p>Its id is that of a reversal of the corrected request. Both have a line 1, so of a correction
 * and a reversal of one request, and of two corrections, the unique key lets only one commit.
 *
 * <p>The addition is the first of the two lines, so that the request needs no more units than the
 * difference: lines are decided in their order.
 */
public final class Correction {
  private static final String PREFIX = "reverse:";

  /** A hash follows the point. */
  private static final List<String> DERIVED = List.of(PREFIX, "reverse.", "return:", "return.");

  private Correction() {}

  /** Whether the id of a correction can name the corrected request, which a hash does not. */
  public static boolean canName(String requestId) {
    return (PREFIX + requestId).length() <= MoveRequest.LONGEST_REQUEST_ID;
  }

  /** Whether an id is that of a reversal, a correction, a release of a hold or a return. */
  public static boolean isDerived(String requestId) {
    return DERIVED.stream().anyMatch(requestId::startsWith);
  }

  /**
   * Returns the request that corrects a move.
   *
   * @param requestId of the request that made the move
   * @param quantity the right units, in the direction of the wrong move
   */
  public static Request of(
      String requestId, RequestLine wrong, long quantity, LocalDate date, String note) {
    return new Request(PREFIX + requestId, date, note, lines(wrong, quantity));
  }

  private static List<RequestLine> lines(RequestLine wrong, long quantity) {
    RequestLine opposite = new RequestLine(wrong.itemId(), -wrong.increment());
    RequestLine right =
        new RequestLine(wrong.itemId(), wrong.increment() < 0 ? -quantity : quantity);
    return wrong.increment() < 0 ? List.of(opposite, right) : List.of(right, opposite);
  }

  /**
   * Returns a request id and the ids of the requests that it may be a correction of, of a
   * correction of, and so on: all that tell which move of the request is the right one.
   */
  public static List<String> withOrigins(String requestId) {
    List<String> ids = new ArrayList<>(List.of(requestId));
    String id = requestId;
    while (id.startsWith(PREFIX) && id.length() > PREFIX.length()) {
      id = id.substring(PREFIX.length());
      ids.add(id);
    }
    return ids;
  }

  /** Returns the id of the request that the request with this id reverses or corrects, if any. */
  public static Optional<String> origin(String requestId) {
    return withOrigins(requestId).stream().skip(1).findFirst();
  }

  /**
   * Returns the move that a request stands for: its only one, or that of a correction that is the
   * right one. Empty if the request has several moves and is no correction.
   *
   * @param standing the requests of {@link #withOrigins}, by id
   */
  public static Optional<RequestLine> moveOf(String requestId, Map<String, Request> standing) {
    Request request = standing.get(requestId);
    if (request == null) {
      return Optional.empty();
    }
    return request.hasOneLine()
        ? Optional.of(request.lines().get(0))
        : rightMove(request, standing);
  }

  /** Returns the move that a correction makes; empty if the request is no correction. */
  public static Optional<RequestLine> rightMove(Request request, Map<String, Request> standing) {
    if (request.lines().size() != 2) {
      return Optional.empty();
    }
    return origin(request.id())
        .flatMap(corrected -> moveOf(corrected, standing))
        .flatMap(wrong -> rightMove(request, wrong));
  }

  /**
   * Returns what became of a request whose id a reversal or a correction has used: follows its
   * corrections to the last one. Empty if the id was used for something else.
   *
   * @param lookUp returns the requests that the ledger has, by id
   */
  public static Optional<Obstacle> obstacleOf(
      String requestId, Function<List<String>, Map<String, Request>> lookUp) {
    Map<String, Request> standing = new HashMap<>(lookUp.apply(withOrigins(requestId)));
    Optional<Obstacle> obstacle = Optional.empty();
    String id = requestId;
    while (canName(id)) {
      String next = PREFIX + id;
      standing.putAll(lookUp.apply(List.of(next)));
      Request request = standing.get(next);
      if (request == null) {
        return obstacle;
      }
      Optional<RequestLine> right = rightMove(request, standing);
      if (right.isEmpty()) {
        return isReversal(request, moveOf(id, standing))
            ? Optional.of(new Obstacle.Reversed(next))
            : obstacle;
      }
      obstacle = Optional.of(new Obstacle.Corrected(next, Math.abs(right.get().increment())));
      id = next;
    }
    return obstacle;
  }

  private static boolean isReversal(Request request, Optional<RequestLine> move) {
    return move.map(line -> List.of(new RequestLine(line.itemId(), -line.increment())))
        .equals(Optional.of(request.lines()));
  }

  private static Optional<RequestLine> rightMove(Request request, RequestLine wrong) {
    RequestLine right = request.lines().get(wrong.increment() < 0 ? 1 : 0);
    return request.lines().equals(lines(wrong, Math.abs(right.increment())))
        ? Optional.of(right)
        : Optional.empty();
  }
}
