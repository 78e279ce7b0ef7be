package io.stockledger.ledger;

import io.stockledger.ledger.rule.LaterLimit;
import io.stockledger.ledger.rule.Shortage;
import java.util.Optional;

/** The result of a request for a removal. */
public sealed interface Removal {

  /**
   * The units are removed: the move is in the ledger.
   *
   * @param isRepeated whether another request with the same id had made the move, so that nothing
   *     was changed
   */
  record Removed(boolean isRepeated) implements Removal {}

  /**
   * The removal is refused, and nothing is changed.
   *
   * @param available the lowest stock at the end of any day from the day of the removal on
   * @param required the units of the request
   * @param limit the later days that have only the available units, if the day of the removal
   *     itself has more
   */
  record Insufficient(long available, long required, Optional<LaterLimit> limit)
      implements Removal {

    public static Insufficient of(Shortage shortage) {
      return new Insufficient(shortage.available(), shortage.required(), shortage.limit());
    }
  }
}
