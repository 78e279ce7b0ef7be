package io.stockledger.ledger.transfer.restore;

import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvLine;
import io.stockledger.file.CsvReading;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.move.RecordedHold;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.transfer.lines.Days;
import io.stockledger.ledger.transfer.lines.ItemColumn;
import io.stockledger.ledger.transfer.lines.MoveLineParser;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One reading of an export, move by move. The numbers of the moves, the stock after each and the
 * book dates follow from the order of the lines: item by item, those of an item in the order of
 * their numbers.
 */
final class ExportReading implements AutoCloseable {
  private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,2})/([1-9][0-9]{0,2})");

  private final CsvFile file;
  private final CsvReading reading;
  private final Days days = new Days();
  private final LocalDate today;
  private final int itemIdColumn;
  private final int dateColumn;
  private final int quantityColumn;
  private final int requestIdColumn;
  private final int lineColumn;
  private final int noteColumn;
  private final Optional<Integer> holdColumn;
  private LatestMove last = new LatestMove(0, 0, 0, LocalDate.MIN);

  /**
   * Begins at the first line.
   *
   * @param today no move may be dated too far after it
   */
  ExportReading(CsvFile file, LocalDate today) throws IOException {
    this.file = file;
    this.today = today;
    this.itemIdColumn = file.columns().index(ItemColumn.ITEM_ID).orElseThrow();
    this.dateColumn = file.columns().index(MoveLineParser.DATE).orElseThrow();
    this.quantityColumn = file.columns().index(MoveLineParser.QUANTITY).orElseThrow();
    this.requestIdColumn = file.columns().index(MoveLineParser.REQUEST_ID).orElseThrow();
    this.lineColumn = file.columns().index(MoveLineParser.LINE).orElseThrow();
    this.noteColumn = file.columns().index(MoveLineParser.NOTE).orElseThrow();
    this.holdColumn = file.columns().index(MoveLineParser.HOLD);
    this.reading = file.read();
  }

  /**
   * Returns the next move; empty at the end of the file.
   *
   * @throws InvalidFileException if the line can't be a move of an export, or not behind the moves
   *     before it
   */
  Optional<ExportedMove> next() throws IOException {
    Optional<CsvLine> line = reading.next();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    try {
      ExportedMove move = move(line.get());
      last = move.after();
      return Optional.of(move);
    } catch (InvalidValueException e) {
      throw faulty(file, line.get().number(), e.getMessage(), e);
    }
  }

  /** Returns that a line is no line of an export. */
  static InvalidFileException faulty(CsvFile file, long line, String why, Exception cause) {
    return new InvalidFileException(
        "%s can't be restored. Line %s: %s Nothing was restored.".formatted(file.name(), line, why),
        cause);
  }

  private ExportedMove move(CsvLine line) {
    MoveLineParser.checkCount(file.columns(), line);
    long itemId = MoveLineParser.number("item id", field(line, itemIdColumn));
    long increment = MoveLineParser.number("quantity", field(line, quantityColumn));
    if (increment == 0 || increment == Long.MIN_VALUE) {
      throw new InvalidValueException("quantity", "it is " + increment + ".");
    }
    LocalDate date = days.day(field(line, dateColumn));
    String note = field(line, noteColumn);
    String requestId = field(line, requestIdColumn);
    new MoveRequest(itemId, Math.abs(increment), date, requestId, note).refuseIfTooFarAhead(today);
    Matcher ofCount = LINE.matcher(field(line, lineColumn));
    if (!ofCount.matches()) {
      throw notOfExport(line);
    }
    int lineNo = Integer.parseInt(ofCount.group(1));
    int lineCount = Integer.parseInt(ofCount.group(2));
    if (lineNo > lineCount || lineCount > Request.MOST_LINES) {
      throw notOfExport(line);
    }
    return new ExportedMove(
        line.number(),
        after(itemId, increment, date),
        date,
        increment,
        requestId,
        lineNo,
        lineCount,
        note,
        hold(line, increment));
  }

  private Optional<RecordedHold> hold(CsvLine line, long increment) {
    String text = holdColumn.map(column -> field(line, column)).orElse("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<RecordedHold> hold = RecordedHold.of(text);
    if (hold.isEmpty()) {
      throw new InvalidValueException(
          "hold",
          PrintableText.quoted(text)
              + " is not written as in an export: 2025-09-19T09:15:00.000000Z released"
              + " 2025-09-19T09:01:30.000000Z.");
    }
    if (increment > 0) {
      throw new InvalidValueException("hold", "an addition is no hold.");
    }
    return hold;
  }

  private InvalidValueException notOfExport(CsvLine line) {
    return new InvalidValueException(
        "line",
        PrintableText.quoted(field(line, lineColumn)) + " is not written as in an export: 2/3.");
  }

  /** Values are as export writes them, so a blank belongs to a value. */
  private static String field(CsvLine line, int column) {
    return line.fields().get(column);
  }

  private LatestMove after(long itemId, long increment, LocalDate date) {
    if (itemId < last.itemId()) {
      throw new InvalidValueException(
          "item id",
          "%s comes after %s. An export has its items in ascending order."
              .formatted(itemId, last.itemId()));
    }
    LatestMove before =
        itemId == last.itemId() ? last : new LatestMove(itemId, 0, 0, LocalDate.MIN);
    // The sum of a stock and a quantity is out of range only above it: no stock is below 0.
    long stock = before.stockAfter() + increment;
    if (stock < 0) {
      throw new InvalidValueException(
          "quantity",
          increment > 0
              ? "the stock of item %s can't be counted above %s.".formatted(itemId, Long.MAX_VALUE)
              : "the stock of item %s would be %s after its move %s."
                  .formatted(itemId, stock, before.moveNo() + 1));
    }
    return new LatestMove(
        itemId,
        before.moveNo() + 1,
        stock,
        before.bookDate().isAfter(date) ? before.bookDate() : date);
  }

  @Override
  public void close() throws IOException {
    reading.close();
  }
}
