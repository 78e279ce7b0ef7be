package io.stockledger.ledger.transfer.count;

import io.stockledger.file.CsvLine;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a file of counts: a count, or what is wrong with it.
 *
 * @param requestId also if the line is faulty; empty if it has none
 * @param asked empty if the line is faulty
 * @param fault of a faulty line
 */
record CountLine(
    CsvLine line, String requestId, Optional<Asked> asked, Optional<RejectionReason> fault) {

  /**
   * What a line asks for, with the item as the line names it.
   *
   * @param itemCode empty if the line names the item by its number
   * @param request with any number of an item, if the line names the item by its code
   */
  record Asked(Optional<String> itemCode, CountRequest request) {

    /** Returns the count of the item that has the number. */
    CountRequest of(long itemId) {
      return new CountRequest(
          request.id(),
          itemId,
          request.date(),
          request.counted(),
          request.afterMove(),
          request.note());
    }
  }

  static CountLine of(CsvLine line, Asked asked) {
    return new CountLine(line, asked.request().id(), Optional.of(asked), Optional.empty());
  }

  static CountLine faulty(CsvLine line, String requestId, String sentence) {
    return new CountLine(
        line, requestId, Optional.empty(), Optional.of(new RejectionReason.Faulty(sentence)));
  }

  /**
   * Returns the line with the number of its item, also if it names the item by its code.
   *
   * @param numbers of known items, by code
   */
  CountLine withNumber(Map<String, Long> numbers) {
    Optional<String> itemCode = asked.flatMap(Asked::itemCode);
    if (itemCode.isEmpty()) {
      return this;
    }
    Optional<Long> number = Optional.ofNullable(numbers.get(itemCode.get()));
    return number.isPresent()
        ? of(line, new Asked(itemCode, asked.orElseThrow().of(number.get())))
        : new CountLine(
            line,
            requestId,
            Optional.empty(),
            Optional.of(new RejectionReason.UnknownCode(itemCode.get(), List.of())));
  }
}
