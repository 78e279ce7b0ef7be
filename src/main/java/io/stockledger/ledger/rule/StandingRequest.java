package io.stockledger.ledger.rule;

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

  /** Returns the request with what is written beside its moves. */
  public StandingRequest with(Purpose purpose) {
    return new StandingRequest(request.with(purpose), moveNos);
  }
}
