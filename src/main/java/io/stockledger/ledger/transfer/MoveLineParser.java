package io.stockledger.ledger.transfer;

import io.stockledger.file.CsvColumns;
import io.stockledger.file.CsvLine;
import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Request;
import io.stockledger.ledger.transfer.duplicates.DuplicateLines;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a move of each line of a file, or finds its fault. One reading of the file uses it. */
final class MoveLineParser {
  static final String ITEM_ID = "item_id";
  static final String DATE = "date";
  static final String QUANTITY = "quantity";
  static final String REQUEST_ID = "request_id";

  private static final int MOST_DIGITS = 30;

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

  /** Most files have few days, so a day is seldom parsed twice. */
  private static final int MOST_DAYS = 1_000;

  private final CsvColumns columns;
  private final int itemIdColumn;
  private final int dateColumn;
  private final int quantityColumn;
  private final Optional<Integer> requestIdColumn;
  private final Optional<String> fileId;
  private final LocalDate today;
  private final DuplicateLines.Reading duplicates;
  private final Map<String, LocalDate> days = new HashMap<>();

  /**
   * Makes a parser of lines.
   *
   * @param fileId the name from which request ids are made, if the file has no column for them
   * @param today no move may be dated too far after it
   * @param duplicates the lines whose request id is that of an earlier line, from the beginning
   */
  MoveLineParser(
      CsvColumns columns,
      Optional<String> fileId,
      LocalDate today,
      DuplicateLines.Reading duplicates) {
    this.columns = columns;
    this.itemIdColumn = columns.index(ITEM_ID).orElseThrow();
    this.dateColumn = columns.index(DATE).orElseThrow();
    this.quantityColumn = columns.index(QUANTITY).orElseThrow();
    this.requestIdColumn = columns.index(REQUEST_ID);
    this.fileId = fileId;
    this.today = today;
    this.duplicates = duplicates;
  }

  /**
   * Returns a line with its move or its fault. That its request id is that of an earlier line is
   * told before any other fault, because the line can't be made with that id, however it is
   * corrected.
   *
   * @param line the lines come in the order of the file
   */
  MoveLine parse(CsvLine line) throws IOException {
    List<String> fields = line.fields();
    String requestId = requestId(line);
    OptionalLong first = duplicates.firstLine(line.number());
    if (first.isPresent()) {
      String fault = "the request id is that of line " + first.getAsLong() + ".";
      return new MoveLine(line.number(), fields, requestId, Optional.empty(), fault);
    }
    try {
      checkCount(columns, line);
      Request request = request(fields, requestId);
      return new MoveLine(line.number(), fields, requestId, Optional.of(request), "");
    } catch (InvalidValueException e) {
      return new MoveLine(line.number(), fields, requestId, Optional.empty(), e.getMessage());
    }
  }

  /** Returns the request id of a line, which may be no id at all; empty if the line has none. */
  String requestId(CsvLine line) {
    if (requestIdColumn.isEmpty()) {
      return FileIds.id(fileId.orElseThrow(), line.number());
    }
    int column = requestIdColumn.get();
    return column < line.fields().size() ? line.fields().get(column).strip() : "";
  }

  /**
   * Checks that a line has as many fields as the header.
   *
   * @throws InvalidValueException if not
   */
  static void checkCount(CsvColumns columns, CsvLine line) {
    Optional<String> fault = columns.faultOf(line);
    if (fault.isPresent()) {
      throw new InvalidValueException("line", fault.get());
    }
  }

  private Request request(List<String> fields, String requestId) {
    long itemId = number("item id", fields.get(itemIdColumn).strip());
    LocalDate date = day(fields.get(dateColumn).strip());
    long increment = number("quantity", fields.get(quantityColumn).strip());
    if (increment == 0) {
      throw new InvalidValueException("quantity", "it is 0.");
    }
    if (increment == Long.MIN_VALUE) {
      throw new InvalidValueException("quantity", "it is below " + -Long.MAX_VALUE + ".");
    }
    MoveRequest request = new MoveRequest(itemId, Math.abs(increment), date, requestId);
    request.refuseIfTooFarAhead(today);
    return increment > 0 ? request.addition() : request.removal();
  }

  static long number(String subject, String text) {
    if (!isWholeNumber(text)) {
      throw new InvalidValueException(
          subject, PrintableText.quoted(text) + " is not a whole number.");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidValueException(
          subject,
          PrintableText.quoted(text)
              + (text.startsWith("-")
                  ? " is below " + -Long.MAX_VALUE + "."
                  : " is above " + Long.MAX_VALUE + "."));
    }
  }

  /** Without a regular expression, because a file has millions of numbers. */
  private static boolean isWholeNumber(String text) {
    int first = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int digits = text.length() - first;
    for (int i = first; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return digits >= 1 && digits <= MOST_DIGITS;
  }

  private LocalDate day(String text) {
    LocalDate known = days.get(text);
    if (known != null) {
      return known;
    }
    try {
      LocalDate day = LocalDate.parse(text, ISO);
      if (days.size() < MOST_DAYS) {
        days.put(text, day);
      }
      return day;
    } catch (DateTimeException e) {
      throw new InvalidValueException(
          "date", PrintableText.quoted(text) + " is not a date such as 2025-09-19.");
    }
  }
}
