package io.stockledger.ledger.transfer.restore;

import io.stockledger.file.CsvFile;
import io.stockledger.file.SortedRecords;
import io.stockledger.ledger.move.RecordedHold;
import io.stockledger.ledger.transfer.duplicates.DuplicateLines;
import io.stockledger.ledger.transfer.duplicates.IdHashes;
import io.stockledger.ledger.transfer.duplicates.Occurrence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The check that each request of an export is there once and whole: its lines 1 … n, of one date,
 * with one note and as one hold. The moves of an export are by item, so the lines of a request are
 * anywhere.
 *
 * <p>Memory is bounded: of each request a hash of its id is kept, as an import does, and of the
 * lines of requests of several lines a record, which are sorted by way of a temporary file.
 */
final class WholeRequests implements AutoCloseable {
  private static final byte END_OF_ID = 0;

  private final CsvFile file;
  private final LocalDate today;
  private final IdHashes firstLines = new IdHashes();
  private final SortedRecords lines = new SortedRecords(SortedRecords.IN_MEMORY);
  private final WholeHolds releases;

  WholeRequests(CsvFile file, LocalDate today) {
    this.file = file;
    this.today = today;
    this.releases = new WholeHolds(file);
  }

  /** A line of a request of several lines, in the order of its fields. */
  private record Line(
      String id, int lineNo, int lineCount, long day, long noteAndHoldHash, long line) {
    private static final int BYTES_BEHIND_ID = 2 * Short.BYTES + 3 * Long.BYTES;

    static byte[] record(ExportedMove move) {
      byte[] id = move.requestId().getBytes(StandardCharsets.US_ASCII);
      return ByteBuffer.allocate(id.length + 1 + BYTES_BEHIND_ID)
          .put(id)
          .put(END_OF_ID)
          .putShort((short) move.lineNo())
          .putShort((short) move.lineCount())
          .putLong(move.date().toEpochDay())
          .putLong(
              IdHashes.hash(move.note() + "\n" + move.hold().map(RecordedHold::text).orElse("")))
          .putLong(move.line())
          .array();
    }

    static Line of(byte[] record) {
      int length = record.length - BYTES_BEHIND_ID;
      ByteBuffer values = ByteBuffer.wrap(record, length, BYTES_BEHIND_ID);
      return new Line(
          new String(record, 0, length, StandardCharsets.US_ASCII),
          values.getShort(),
          values.getShort(),
          values.getLong(),
          values.getLong(),
          values.getLong());
    }

    boolean isOfSameRequest(Line other) {
      return id.equals(other.id);
    }

    boolean follows(Line before) {
      return lineNo == before.lineNo + 1
          && lineCount == before.lineCount
          && day == before.day
          && noteAndHoldHash == before.noteAndHoldHash;
    }
  }

  void add(ExportedMove move) throws IOException {
    if (move.lineNo() == 1) {
      firstLines.add(move.requestId());
    }
    if (move.lineCount() > 1) {
      lines.add(Line.record(move));
    }
    releases.add(move);
  }

  /**
   * Checks the requests once all moves are added.
   *
   * @throws io.stockledger.file.InvalidFileException if one is there twice, or is not whole
   */
  void check() throws IOException {
    checkLines();
    releases.check();
    IdHashes.Repeated repeated = firstLines.repeated();
    if (!repeated.isNone()) {
      checkFirstLines(repeated);
    }
  }

  private void checkLines() throws IOException {
    SortedRecords.Reading sorted = lines.read();
    Optional<Line> before = Optional.empty();
    for (Optional<byte[]> next = sorted.next(); next.isPresent(); next = sorted.next()) {
      Line line = Line.of(next.get());
      boolean isNext = before.isPresent() && line.isOfSameRequest(before.get());
      if (before.isPresent() && !isNext) {
        requireLast(before.get());
      }
      if (isNext ? !line.follows(before.get()) : line.lineNo() != 1) {
        throw notWhole(line);
      }
      before = Optional.of(line);
    }
    if (before.isPresent()) {
      requireLast(before.get());
    }
  }

  private void requireLast(Line line) {
    if (line.lineNo() != line.lineCount()) {
      throw notWhole(line);
    }
  }

  private RuntimeException notWhole(Line line) {
    return ExportReading.faulty(
        file,
        line.line(),
        "the file does not have all %s lines of its request, once each, of one date, with one note and as one hold."
            .formatted(line.lineCount()),
        null);
  }

  private void checkFirstLines(IdHashes.Repeated repeated) throws IOException {
    try (ExportReading reading = new ExportReading(file, today);
        DuplicateLines duplicates =
            DuplicateLines.find(() -> nextFirstLine(reading), repeated, SortedRecords.IN_MEMORY);
        ExportReading again = new ExportReading(file, today)) {
      DuplicateLines.Reading others = duplicates.read();
      for (Optional<Occurrence> first = nextFirstLine(again);
          first.isPresent();
          first = nextFirstLine(again)) {
        OptionalLong other = others.otherLine(first.get().line());
        if (other.isPresent()) {
          throw ExportReading.faulty(
              file,
              first.get().line(),
              "the request id is that of line " + other.getAsLong() + ".",
              null);
        }
      }
    }
  }

  private static Optional<Occurrence> nextFirstLine(ExportReading reading) throws IOException {
    Optional<ExportedMove> move = reading.next();
    while (move.isPresent() && move.get().lineNo() > 1) {
      move = reading.next();
    }
    return move.map(first -> new Occurrence(first.requestId(), first.line(), true));
  }

  @Override
  public void close() {
    firstLines.close();
    lines.close();
    releases.close();
  }
}
