package io.stockledger.ledger.rule;

import java.util.List;

/**
 * A count beside what the ledger has. Both speak of the same moves, which never change, so whatever
 * is sold meanwhile is neither lost nor counted twice: it comes after the count.
 *
 * @param ledgerStock the sum of the moves dated up to the day of the count among the item's first
 *     {@code moveNo} moves
 * @param moveNo the number of the item's last move before the count; 0 if there is none
 */
public record Count(CountRequest request, long ledgerStock, long moveNo) {

  /** Returns by how many units the ledger is corrected. */
  public long difference() {
    return request.counted() - ledgerStock;
  }

  /** Returns the request that makes the count: with one move, or none if nothing is to correct. */
  public Request toRequest() {
    List<RequestLine> correction =
        difference() == 0 ? List.of() : List.of(new RequestLine(request.itemId(), difference()));
    return new Request(
        request.id(), request.date(), request.note(), correction, new Purpose.Counted(this));
  }
}
