package io.stockledger.ledger;

import io.stockledger.ledger.rule.Request;
import java.util.List;

/**
 * A request that the ledger has.
 *
 * @param moveNos the numbers of its moves, one for each line, in the order of the lines
 */
public record StandingRequest(Request request, List<Long> moveNos) {

  public StandingRequest {
    moveNos = List.copyOf(moveNos);
  }
}
