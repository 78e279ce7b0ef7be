package io.stockledger.ledger.transfer;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.file.CsvHeader;
import io.stockledger.file.InvalidFileException;
import io.stockledger.file.SortedRecords;
import io.stockledger.file.TemporaryFileException;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.transfer.duplicates.DuplicateLines;
import io.stockledger.ledger.transfer.duplicates.IdHashes;
import io.stockledger.ledger.transfer.lines.FileIds;
import io.stockledger.ledger.transfer.lines.ItemColumn;
import io.stockledger.ledger.transfer.lines.MoveLineParser;
import io.stockledger.ledger.transfer.lines.RequestReading;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;

/**
 * The import of a file of moves. It decides the requests of each item in the order of the file, as
 * if each were a command of its own, and appends the moves of many of them in one statement.
 *
 * <p>The file is read twice: {@link FirstPass} finds out whether it can be read to its end and what
 * of it is made already, {@link Rounds} imports it. If request ids may be on several lines, {@link
 * DuplicateLines} reads it too, and the first pass begins again with what that found. Memory is
 * bounded whatever the size of the file is.
 */
public final class MoveImport {
  /** The largest number of connections that are used at a time. */
  public static final int CONNECTIONS = 4;

  private static final CsvHeader HEADER =
      new CsvHeader(
          ItemColumn.NAMES,
          List.of(MoveLineParser.DATE, MoveLineParser.QUANTITY),
          List.of(
              MoveLineParser.REQUEST_ID,
              MoveLineParser.LINE,
              MoveLineParser.NOTE,
              MoveLineParser.HOLD));

  private final Database database;
  private final CsvFile file;
  private final Options options;
  private final ImportListener listener;
  private final ToLongFunction<Map<Long, LocalDate>> refreshClosings;

  /**
   * What to do with a file.
   *
   * @param fileId the name from which request ids are made, if the file has no column for them
   * @param rejects where lines go that are not imported
   * @param isDryRun whether to decide all lines and change nothing
   * @param today moves dated before it may have closings; none may be dated too far after it
   */
  public record Options(
      Optional<String> fileId, Optional<RejectsFile> rejects, boolean isDryRun, LocalDate today) {

    /**
     * Makes the options.
     *
     * @throws InvalidValueException if no request id can be made from the file id
     */
    public Options {
      checkFileId(fileId);
    }

    /**
     * Checks the name of a file.
     *
     * @throws InvalidValueException if no request id can be made from it
     */
    public static void checkFileId(Optional<String> fileId) {
      fileId.ifPresent(FileIds::check);
    }
  }

  /**
   * Makes an import.
   *
   * @param refreshClosings receives, after each round, the items with moves dated before today and
   *     the earliest day of each
   */
  public MoveImport(
      Database database,
      CsvFile file,
      Options options,
      ImportListener listener,
      ToLongFunction<Map<Long, LocalDate>> refreshClosings) {
    this.database = database;
    this.file = file;
    this.options = options;
    this.listener = listener;
    this.refreshClosings = refreshClosings;
  }

  /**
   * Opens a file of moves.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile open(Path path, CsvFormat format) {
    return CsvFile.open(path, HEADER, format);
  }

  /**
   * Reads a stream of moves to its end.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile copyOf(InputStream in, CsvFormat format) {
    return CsvFile.copyOf(in, HEADER, format);
  }

  /** Whether the lines of a file have request ids. */
  public static boolean hasRequestIds(CsvFile file) {
    return file.columns().contains(MoveLineParser.REQUEST_ID);
  }

  /**
   * Imports the file.
   *
   * @throws InvalidFileException if it can't be read to its end; nothing was written
   * @throws ImportIncompleteException if it stopped in the middle; any other failure means that
   *     nothing was written
   */
  public ImportSummary run() {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      return run(threads);
    } catch (TemporaryFileException e) {
      throw noTemporaryFile(e);
    } catch (IOException e) {
      throw new InvalidFileException("The file could not be read: " + e.getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static InvalidFileException noTemporaryFile(TemporaryFileException error) {
    return new InvalidFileException(
        "Can't write a temporary file in %s, to compare the request ids of the lines: %s. %s"
            .formatted(
                PrintableText.quoted(error.folder()),
                error.getMessage(),
                InvalidFileException.OTHER_FOLDER),
        error);
  }

  private ImportSummary run(ExecutorService threads) throws IOException {
    IdHashes.Repeated repeated;
    try (DuplicateLines none = DuplicateLines.none();
        FirstPass pass = firstPass(threads, none)) {
      MadeLines made = pass.run();
      listener.started(pass.lines());
      repeated = pass.repeatedIds();
      if (repeated.isNone()) {
        return rounds(threads, made, none).run(file);
      }
    }
    try (DuplicateLines none = DuplicateLines.none();
        DuplicateLines duplicates = duplicates(none, repeated);
        FirstPass pass = firstPass(threads, duplicates)) {
      return rounds(threads, pass.run(), duplicates).run(file);
    }
  }

  private FirstPass firstPass(ExecutorService threads, DuplicateLines duplicates) {
    return new FirstPass(
        threads,
        CONNECTIONS,
        new Retry(database),
        file,
        this::numbersOfCodes,
        duplicates,
        options,
        listener);
  }

  private DuplicateLines duplicates(DuplicateLines none, IdHashes.Repeated repeated)
      throws IOException {
    try (RequestReading reading =
        new RequestReading(file, options.fileId(), this::numbersOfCodes, options.today(), none)) {
      return DuplicateLines.find(reading::nextOccurrence, repeated, SortedRecords.IN_MEMORY);
    }
  }

  private Rounds rounds(ExecutorService threads, MadeLines made, DuplicateLines duplicates) {
    MoveAppends appends = new MoveAppends();
    ItemStates states = new ItemStates(options.isDryRun());
    List<ChunkAppender> workers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      workers.add(new ChunkAppender(new Retry(database), appends, made, states));
    }
    return new Rounds(
        threads,
        workers,
        appends,
        this::numbersOfCodes,
        duplicates,
        options,
        listener,
        new RejectionReport(database, options.rejects(), listener),
        this::refreshClosingsIfAny);
  }

  /**
   * Each reading of the file looks codes up anew: what the second one finds decides. If an item got
   * another code meanwhile, a line that was made already is refused as that of another item, and no
   * line is made twice.
   */
  private Map<String, Long> numbersOfCodes(Collection<String> itemCodes) {
    return new ItemRepository(database).knownIdsOf(itemCodes);
  }

  /**
   * Leaves out the look-ups of thousands of items if there is no closing at all. The moves are
   * committed, so a run-batch that has not committed a closing yet counts them.
   */
  private long refreshClosingsIfAny(Map<Long, LocalDate> earliestDays) {
    return new Retry(database).run(TransferStatements::hasClosings)
        ? refreshClosings.applyAsLong(earliestDays)
        : 0;
  }
}
