package io.stockledger.ledger.transfer.count;

import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvLine;
import io.stockledger.file.CsvReading;
import io.stockledger.file.InvalidFileException;
import io.stockledger.file.SortedRecords;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.transfer.ImportListener;
import io.stockledger.ledger.transfer.ImportStoppedException;
import io.stockledger.ledger.transfer.duplicates.DuplicateLines;
import io.stockledger.ledger.transfer.duplicates.IdHashes;
import io.stockledger.ledger.transfer.duplicates.Occurrence;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A file of counts that was read once to its end: how many lines it has, and which of them name an
 * item or a request id that another line names too. These depend on the file alone, so that it is
 * answered the same way in each run.
 */
final class CountFile implements AutoCloseable {
  private static final int LINES_BETWEEN_LOOKS = 2_000;

  private final CsvFile file;
  private final CountLineParser parser;
  private final long lines;
  private final DuplicateLines sameItems;
  private final DuplicateLines sameIds;

  private CountFile(
      CsvFile file,
      CountLineParser parser,
      long lines,
      DuplicateLines sameItems,
      DuplicateLines sameIds) {
    this.file = file;
    this.parser = parser;
    this.lines = lines;
    this.sameItems = sameItems;
    this.sameIds = sameIds;
  }

  /**
   * Reads a file.
   *
   * @param listener may stop it
   * @throws InvalidFileException if it can't be read to its end
   */
  static CountFile read(CsvFile file, CountLineParser parser, ImportListener listener)
      throws IOException {
    long lines = 0;
    try (IdHashes items = new IdHashes();
        IdHashes ids = new IdHashes();
        CsvReading reading = file.read()) {
      for (Optional<CsvLine> line = reading.next(); line.isPresent(); line = reading.next()) {
        if (lines++ % LINES_BETWEEN_LOOKS == 0) {
          ImportStoppedException.throwIfStopped(listener);
        }
        Optional<String> item = parser.itemKey(line.get());
        if (item.isPresent()) {
          items.add(item.get());
        }
        String requestId = parser.requestId(line.get());
        if (MoveRequest.isRequestId(requestId)) {
          ids.add(requestId);
        }
      }
      DuplicateLines sameItems =
          repeated(
              file,
              items.repeated(),
              line -> new Occurrence(parser.itemKey(line).orElse(""), line.number(), false));
      try {
        return new CountFile(
            file,
            parser,
            lines,
            sameItems,
            repeated(
                file,
                ids.repeated(),
                line -> new Occurrence(parser.requestId(line), line.number(), true)));
      } catch (IOException | RuntimeException e) {
        sameItems.close();
        throw e;
      }
    }
  }

  private static DuplicateLines repeated(
      CsvFile file, IdHashes.Repeated repeated, Function<CsvLine, Occurrence> occurrence)
      throws IOException {
    if (repeated.isNone()) {
      return DuplicateLines.none();
    }
    try (CsvReading reading = file.read()) {
      return DuplicateLines.find(
          () -> reading.next().map(occurrence), repeated, SortedRecords.IN_MEMORY);
    }
  }

  /** How many lines it has, without the header. */
  long lines() {
    return lines;
  }

  Reading read() throws IOException {
    return new Reading();
  }

  @Override
  public void close() {
    sameItems.close();
    sameIds.close();
  }

  /** One reading of the lines. */
  final class Reading implements AutoCloseable {
    private final CsvReading reading;
    private final DuplicateLines.Reading items;
    private final DuplicateLines.Reading ids;

    private Reading() throws IOException {
      this.items = sameItems.read();
      this.ids = sameIds.read();
      this.reading = file.read();
    }

    /** Returns the next line; empty at the end. */
    Optional<CountLine> next() throws IOException {
      Optional<CsvLine> line = reading.next();
      return line.isPresent() ? Optional.of(checked(line.get())) : Optional.empty();
    }

    private CountLine checked(CsvLine line) throws IOException {
      OptionalLong sameItem = items.otherLine(line.number());
      OptionalLong sameId = ids.otherLine(line.number());
      if (sameItem.isPresent()) {
        return CountLine.faulty(
            line,
            parser.requestId(line),
            "line %s is of the same item; which of the counts is right can't be known."
                .formatted(sameItem.getAsLong()));
      }
      return sameId.isPresent()
          ? CountLine.faulty(
              line,
              parser.requestId(line),
              "the request id is that of line %s.".formatted(sameId.getAsLong()))
          : parser.parse(line);
    }

    @Override
    public void close() throws IOException {
      reading.close();
    }
  }
}
