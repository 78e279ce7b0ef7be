package io.stockledger.ledger.transfer.lines;

import io.stockledger.file.CsvColumns;
import io.stockledger.file.CsvLine;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.transfer.lines.RequestReading.RawRequest;
import io.stockledger.text.Blanks;
import io.stockledger.text.PrintableText;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Makes a move of each line of a file, or finds its fault. One reading of the file uses it. */
public final class MoveLineParser {
  public static final String DATE = "date";
  public static final String QUANTITY = "quantity";
  public static final String REQUEST_ID = "request_id";
  public static final String LINE = "line";
  public static final String NOTE = "note";

  /** The column in which export writes holds. An import makes none. */
  public static final String HOLD = "hold";

  /** How export writes the only line of a request. */
  private static final String ONLY_LINE = "1/1";

  private static final Pattern ONE = Pattern.compile("\\+?0*1");

  private static final int MOST_DIGITS = 30;

  private final CsvColumns columns;
  private final int itemColumn;
  private final Optional<ItemCodes> itemCodes;
  private final int dateColumn;
  private final int quantityColumn;
  private final Optional<Integer> lineColumn;
  private final Optional<Integer> noteColumn;
  private final LocalDate today;
  private final Days days = new Days();

  /**
   * Makes a parser of lines.
   *
   * @param numbersOfCodes returns the numbers of the items that have the codes, by code
   * @param today no move may be dated too far after it
   */
  MoveLineParser(
      CsvColumns columns,
      Function<Collection<String>, Map<String, Long>> numbersOfCodes,
      LocalDate today) {
    this.columns = columns;
    Optional<Integer> codeColumn = columns.index(ItemColumn.ITEM_CODE);
    this.itemColumn = codeColumn.or(() -> columns.index(ItemColumn.ITEM_ID)).orElseThrow();
    this.itemCodes = codeColumn.map(column -> new ItemCodes(numbersOfCodes));
    this.dateColumn = columns.index(DATE).orElseThrow();
    this.quantityColumn = columns.index(QUANTITY).orElseThrow();
    this.lineColumn = columns.index(LINE);
    this.noteColumn = columns.index(NOTE);
    this.today = today;
  }

  /** Looks up the items of lines that are parsed next, if the file names items by their codes. */
  void lookUpItems(List<RawRequest> requests) {
    if (itemCodes.isPresent()) {
      Set<String> codes = new LinkedHashSet<>();
      for (RawRequest request : requests) {
        for (CsvLine line : request.lines()) {
          if (itemColumn < line.fields().size()) {
            codes.add(itemCode(line));
          }
        }
      }
      itemCodes.get().lookUp(codes);
    }
  }

  /**
   * Returns the values of a line.
   *
   * @param requestId the request id of the line
   * @throws InvalidValueException if the line can't be a move
   * @throws UnknownItemException if no item has its code
   */
  MoveLine parse(CsvLine line, String requestId) {
    checkCount(columns, line);
    long itemId = itemId(line);
    LocalDate date = days.day(field(line, dateColumn));
    long increment = number("quantity", field(line, quantityColumn));
    if (increment == 0) {
      throw new InvalidValueException("quantity", "it is 0.");
    }
    if (increment == Long.MIN_VALUE) {
      throw new InvalidValueException("quantity", "it is below " + -Long.MAX_VALUE + ".");
    }
    String note = noteColumn.map(column -> field(line, column)).orElse("");
    MoveRequest request = new MoveRequest(itemId, Math.abs(increment), date, requestId, note);
    request.refuseIfTooFarAhead(today);
    return new MoveLine(lineNo(line), date, new RequestLine(itemId, increment), note);
  }

  private long itemId(CsvLine line) {
    if (itemCodes.isEmpty()) {
      return number("item id", field(line, itemColumn));
    }
    String code = itemCode(line);
    if (code.isEmpty()) {
      throw new InvalidValueException("item code", "it is empty.");
    }
    return itemCodes.get().number(code).orElseThrow(() -> new UnknownItemException(code));
  }

  private String itemCode(CsvLine line) {
    return Blanks.strip(field(line, itemColumn));
  }

  /** A number that no request has is returned as one that no request has. */
  private int lineNo(CsvLine line) {
    if (lineColumn.isEmpty()) {
      return 1;
    }
    String text = field(line, lineColumn.get());
    long number = text.equals(ONLY_LINE) ? 1 : number("line", text);
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, number));
  }

  /** Whether a line is the first one of its request, as its column tells. */
  boolean isFirst(CsvLine line) {
    String text = lineText(line);
    return lineColumn.isEmpty() || text.equals(ONLY_LINE) || ONE.matcher(text).matches();
  }

  /** Whether a line is one of several of its request, in the form in which export writes them. */
  boolean isOfExport(CsvLine line) {
    String text = lineText(line);
    int slash = text.indexOf('/');
    return slash > 0
        && !text.equals(ONLY_LINE)
        && isWholeNumber(text.substring(0, slash))
        && isWholeNumber(text.substring(slash + 1));
  }

  /** Returns the text of the column that numbers the lines of a request; empty without one. */
  String lineText(CsvLine line) {
    return lineColumn.isPresent() && lineColumn.get() < line.fields().size()
        ? field(line, lineColumn.get())
        : "";
  }

  private static String field(CsvLine line, int column) {
    return line.fields().get(column).strip();
  }

  /**
   * Checks that a line has as many fields as the header.
   *
   * @throws InvalidValueException if not
   */
  public static void checkCount(CsvColumns columns, CsvLine line) {
    Optional<String> fault = columns.faultOf(line);
    if (fault.isPresent()) {
      throw new InvalidValueException("line", fault.get());
    }
  }

  /**
   * Returns a whole number.
   *
   * @param subject what it is, for the message
   * @throws InvalidValueException if the text is none, or a BIGINT does not hold it
   */
  public static long number(String subject, String text) {
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
}
