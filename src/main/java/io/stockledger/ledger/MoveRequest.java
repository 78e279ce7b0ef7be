package io.stockledger.ledger;

import java.time.LocalDate;

/**
 * A move that somebody asks for.
 *
 * @param quantity units, at least 1; whether they come or go the method says that is called
 * @param date the day on which they come or go
 * @param requestId the same for each sending of the same request, so that it is made at most once
 */
public record MoveRequest(long itemId, long quantity, LocalDate date, String requestId) {
  public MoveRequest {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity " + quantity);
    }
  }
}
