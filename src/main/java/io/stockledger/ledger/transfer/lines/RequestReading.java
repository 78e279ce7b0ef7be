package io.stockledger.ledger.transfer.lines;

import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvLine;
import io.stockledger.file.CsvReading;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.transfer.duplicates.DuplicateLines;
import io.stockledger.ledger.transfer.duplicates.Occurrence;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One reading of a file of moves, request by request.
 *
 * <p>Without the column {@code line} each line is a request. With it, lines that stand together are
 * one request: as long as they have the same request id or, in a file without ids, until a line
 * with the number 1. A request of more lines than any may have is read in parts, each of them
 * faulty, so that memory is bounded.
 */
public final class RequestReading implements AutoCloseable {
  private final CsvReading reading;
  private final String fileName;
  private final boolean isOfSeveralLines;
  private final Optional<Integer> requestIdColumn;
  private final Optional<Integer> holdColumn;
  private final Optional<String> fileId;
  private final MoveLineParser parser;
  private final RequestParser requests;
  private final DuplicateLines.Reading duplicates;

  /** The line after those of the last request, which was read to find out where that one ends. */
  private Optional<CsvLine> ahead = Optional.empty();

  private Optional<RawRequest> last = Optional.empty();

  /**
   * Begins at the first line.
   *
   * @param fileId the name from which request ids are made, if the file has no column for them
   * @param numbersOfCodes returns the numbers of the items that have the codes, by code
   * @param today no move may be dated too far after it
   * @param duplicates the lines whose request id is that of another request
   */
  public RequestReading(
      CsvFile file,
      Optional<String> fileId,
      Function<Collection<String>, Map<String, Long>> numbersOfCodes,
      LocalDate today,
      DuplicateLines duplicates)
      throws IOException {
    this.fileName = file.name();
    this.isOfSeveralLines = file.columns().contains(MoveLineParser.LINE);
    this.requestIdColumn = file.columns().index(MoveLineParser.REQUEST_ID);
    this.holdColumn = file.columns().index(MoveLineParser.HOLD);
    this.fileId = fileId;
    this.parser = new MoveLineParser(file.columns(), numbersOfCodes, today);
    this.requests = new RequestParser(parser);
    this.duplicates = duplicates.read();
    this.reading = file.read();
    if (isOfSeveralLines) {
      ahead = nextLine();
    }
  }

  /**
   * The lines of a request as they are in the file.
   *
   * @param requestId may be no id at all; empty if the request has none
   * @param continues the first line of the request, if this is not its first part
   */
  public record RawRequest(List<CsvLine> lines, String requestId, OptionalLong continues) {

    /** The number of the first of these lines. */
    public long number() {
      return lines.get(0).number();
    }

    /** Returns the number of the first line of the request. */
    long firstNumber() {
      return continues.orElse(number());
    }
  }

  /**
   * Returns the lines of the next request; empty at the end of the file.
   *
   * @throws InvalidFileException if the file can't be read to its end, or is an export that has
   *     holds, or requests of several lines
   */
  public Optional<RawRequest> next() throws IOException {
    if (!isOfSeveralLines) {
      return nextLine()
          .map(line -> new RawRequest(List.of(line), requestId(line), OptionalLong.empty()));
    }
    if (ahead.isEmpty()) {
      return Optional.empty();
    }
    CsvLine first = ahead.get();
    boolean isPart = last.isPresent() && continues(last.get(), first);
    String requestId = isPart ? last.get().requestId() : requestId(first);
    RawRequest request =
        new RawRequest(
            new ArrayList<>(List.of(first)),
            requestId,
            isPart ? OptionalLong.of(last.get().firstNumber()) : OptionalLong.empty());
    ahead = nextLine();
    while (ahead.isPresent()
        && continues(request, ahead.get())
        && request.lines().size() <= Request.MOST_LINES) {
      request.lines().add(ahead.get());
      ahead = nextLine();
    }
    last = Optional.of(request);
    return last;
  }

  private boolean continues(RawRequest request, CsvLine line) {
    return requestIdColumn.isPresent()
        ? requestId(line).equals(request.requestId())
        : !parser.isFirst(line);
  }

  private Optional<CsvLine> nextLine() throws IOException {
    Optional<CsvLine> line = reading.next();
    if (line.isPresent() && isOfSeveralLines && parser.isOfExport(line.get())) {
      throw ofExport(
          line.get(),
          MoveLineParser.LINE,
          parser.lineText(line.get()),
          "there the lines of a request do not stand together");
    }
    if (line.isPresent() && holdColumn.isPresent()) {
      String hold = text(line.get(), holdColumn.get());
      if (!hold.isEmpty()) {
        throw ofExport(
            line.get(), MoveLineParser.HOLD, hold, "an import makes moves only, and no holds");
      }
    }
    return line;
  }

  private InvalidFileException ofExport(CsvLine line, String column, String value, String why) {
    return new InvalidFileException(
        "Line %s of %s has %s in its column %s, as export writes it: %s. Bring an export back with --restore."
            .formatted(line.number(), fileName, PrintableText.quoted(value), column, why),
        null);
  }

  /** Returns the text of a column; empty if the line is too short. */
  private static String text(CsvLine line, int column) {
    return column < line.fields().size() ? line.fields().get(column).strip() : "";
  }

  /** Returns the request id of a request by its first line. */
  private String requestId(CsvLine line) {
    if (requestIdColumn.isEmpty()) {
      return FileIds.id(fileId.orElseThrow(), line.number());
    }
    return text(line, requestIdColumn.get());
  }

  /**
   * Returns the next request as one whose id may be on other lines too; empty at the end. Also the
   * id of a request that is faulty otherwise counts: it is the id that the request has when it is
   * corrected.
   */
  public Optional<Occurrence> nextOccurrence() throws IOException {
    Optional<RawRequest> request = next();
    while (request.isPresent() && request.get().continues().isPresent()) {
      request = next();
    }
    return request.map(
        raw -> new Occurrence(raw.requestId(), raw.number(), parser.isFirst(raw.lines().get(0))));
  }

  /**
   * Returns requests with their moves or their faults. Codes of items are looked up together.
   *
   * @param next the requests come in the order of the file
   */
  public List<FileRequest> parse(List<RawRequest> next) throws IOException {
    parser.lookUpItems(next);
    List<FileRequest> parsed = new ArrayList<>(next.size());
    for (RawRequest request : next) {
      parsed.add(parse(request));
    }
    return parsed;
  }

  /**
   * That the id of a request is that of another one is told before any other fault, because it
   * can't be made with that id, however it is corrected.
   */
  private FileRequest parse(RawRequest request) throws IOException {
    OptionalLong other = duplicates.otherLine(request.number());
    if (other.isPresent()) {
      String fault =
          other.getAsLong() < request.number()
              ? "the request id is that of line " + other.getAsLong() + "."
              : "line "
                  + other.getAsLong()
                  + " is of the same request and does not stand beside its other lines.";
      return requests.faulty(request, new RejectionReason.Faulty(fault));
    }
    return requests.parse(request);
  }

  @Override
  public void close() throws IOException {
    reading.close();
  }
}
