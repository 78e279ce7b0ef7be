package io.stockledger.cli.failure;

import io.stockledger.cli.output.Row;
import io.stockledger.ledger.rule.Obstacle;
import java.util.Locale;

/** The words for why a request can't be corrected, or can't be reversed after a correction. */
final class Corrections {
  private Corrections() {}

  static String sentence(String requestId, Obstacle obstacle) {
    String request = "Request " + requestId;
    if (obstacle instanceof Obstacle.Corrected corrected) {
      return "%s was corrected to %s units by request %s. Name that one: --request-id %s"
          .formatted(request, corrected.quantity(), corrected.by(), corrected.by());
    }
    if (obstacle instanceof Obstacle.Reversed reversed) {
      return "%s was reversed by request %s. Make the right move anew."
          .formatted(request, reversed.by());
    }
    if (obstacle instanceof Obstacle.SeveralMoves several) {
      return "%s has %s moves. Reverse it with reverse-move, and make the right ones with post-moves."
          .formatted(request, several.moves());
    }
    if (obstacle instanceof Obstacle.Hold) {
      return request
          + " is a hold. Give its units back with release-hold, or with reverse-move once it is"
          + " committed, and hold or remove the right number.";
    }
    if (obstacle instanceof Obstacle.Release release) {
      return "%s gave back the units of hold %s. Make the right move anew."
          .formatted(request, release.holdId());
    }
    if (obstacle instanceof Obstacle.CountOfItem count) {
      return "%s is a count of item %s. Count it again with count-stock."
          .formatted(request, count.itemId());
    }
    if (obstacle instanceof Obstacle.Latest latest) {
      return "The latest move of item %s is of request %s, %s. Name the request to reverse:"
              .formatted(latest.itemId(), requestId, what(latest.kind()))
          + " --request-id ID";
    }
    if (obstacle instanceof Obstacle.SameQuantity same) {
      return "%s is of %s units: there is nothing to correct.".formatted(request, same.quantity());
    }
    return request
        + " has an id of more than 56 characters. Reverse it with reverse-move, and make the right"
        + " move.";
  }

  private static String what(Obstacle.Kind kind) {
    return switch (kind) {
      case REVERSAL -> "a reversal or correction";
      case HOLD -> "a hold";
      case COUNT -> "a count";
    };
  }

  /** Returns the values for programs that follow the id of the request. */
  static Row row(Obstacle obstacle) {
    if (obstacle instanceof Obstacle.Corrected corrected) {
      return Row.of("by", corrected.by(), "quantity", corrected.quantity());
    }
    return obstacle instanceof Obstacle.Reversed reversed
        ? Row.of("by", reversed.by())
        : Row.of("because", because(obstacle));
  }

  private static String because(Obstacle obstacle) {
    if (obstacle instanceof Obstacle.SeveralMoves) {
      return "several_moves";
    }
    if (obstacle instanceof Obstacle.Hold || obstacle instanceof Obstacle.Release) {
      return "hold";
    }
    if (obstacle instanceof Obstacle.CountOfItem) {
      return "count";
    }
    if (obstacle instanceof Obstacle.Latest latest) {
      return latest.kind().name().toLowerCase(Locale.ROOT);
    }
    return obstacle instanceof Obstacle.SameQuantity ? "same_quantity" : "long_id";
  }
}
