package io.stockledger.ledger.transfer.count;

import io.stockledger.file.CsvColumns;
import io.stockledger.file.CsvLine;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.transfer.count.CountLine.Asked;
import io.stockledger.ledger.transfer.lines.Days;
import io.stockledger.ledger.transfer.lines.FileIds;
import io.stockledger.ledger.transfer.lines.ItemColumn;
import io.stockledger.ledger.transfer.lines.MoveLineParser;
import io.stockledger.text.Blanks;
import io.stockledger.text.CodeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a count of each line of a file, or finds its fault. */
final class CountLineParser {
  static final String COUNTED = "counted";
  static final String AFTER_MOVE = "after_move";
  static final String DATE = "date";
  static final String NOTE = "note";
  static final String REQUEST_ID = "request_id";

  private static final long ANY_ITEM = 1;

  private final CsvColumns columns;
  private final Optional<String> fileId;
  private final LocalDate date;
  private final LocalDate today;

  /**
   * Makes a parser of lines.
   *
   * @param fileId the name from which request ids are made, if the file has no column for them
   * @param date the day of the lines that name none
   * @param today no count may be dated too far after it
   */
  CountLineParser(CsvColumns columns, Optional<String> fileId, LocalDate date, LocalDate today) {
    this.columns = columns;
    this.fileId = fileId;
    this.date = date;
    this.today = today;
  }

  CountLine parse(CsvLine line) {
    String requestId = requestId(line);
    try {
      MoveLineParser.checkCount(columns, line);
      String day = field(line, DATE);
      String afterMove = field(line, AFTER_MOVE);
      Optional<String> itemCode =
          columns.contains(ItemColumn.ITEM_CODE)
              ? Optional.of(Blanks.strip(field(line, ItemColumn.ITEM_CODE)))
              : Optional.empty();
      if (itemCode.isPresent() && itemCode.get().isEmpty()) {
        throw new InvalidValueException("item code", "it is empty.");
      }
      CountRequest request =
          new CountRequest(
              requestId,
              itemCode.isPresent() ? ANY_ITEM : number(line, "item id", ItemColumn.ITEM_ID),
              day.isEmpty() ? date : Days.parse(day),
              number(line, COUNTED, COUNTED),
              afterMove.isEmpty()
                  ? OptionalLong.empty()
                  : OptionalLong.of(number(line, "after move", AFTER_MOVE)),
              field(line, NOTE));
      request.refuseIfTooFarAhead(today);
      return CountLine.of(line, new Asked(itemCode, request));
    } catch (InvalidValueException e) {
      return CountLine.faulty(line, requestId, e.getMessage());
    }
  }

  private long number(CsvLine line, String subject, String column) {
    return MoveLineParser.number(subject, field(line, column));
  }

  /** Returns the text of a column, without the spaces around it; empty if there is none. */
  private String field(CsvLine line, String column) {
    return columns
        .index(column)
        .filter(index -> index < line.fields().size())
        .map(index -> line.fields().get(index).strip())
        .orElse("");
  }

  String requestId(CsvLine line) {
    return columns.contains(REQUEST_ID)
        ? field(line, REQUEST_ID)
        : FileIds.id(fileId.orElseThrow(), line.number());
  }

  /**
   * Returns what is the same for two lines of one item, and for no others, in the form of a request
   * id; empty if the line names no item. A line that is faulty otherwise counts too: it is of the
   * same item when it is corrected.
   */
  Optional<String> itemKey(CsvLine line) {
    if (columns.contains(ItemColumn.ITEM_CODE)) {
      String code = Blanks.strip(field(line, ItemColumn.ITEM_CODE));
      return code.isEmpty() ? Optional.empty() : Optional.of(hash(CodeIdentity.spelling(code)));
    }
    try {
      return Optional.of(String.valueOf(Math.max(0, number(line, "item id", ItemColumn.ITEM_ID))));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  /** A code has other characters than a request id, so its hash takes its place. */
  private static String hash(String code) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
