package io.stockledger.ledger.transfer.count;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.WriteWatch;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.file.CsvHeader;
import io.stockledger.file.InvalidFileException;
import io.stockledger.file.TemporaryFileException;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.transfer.ImportIncompleteException;
import io.stockledger.ledger.transfer.ImportListener;
import io.stockledger.ledger.transfer.ImportStoppedException;
import io.stockledger.ledger.transfer.Rejection;
import io.stockledger.ledger.transfer.RejectionReport;
import io.stockledger.ledger.transfer.RejectsFile;
import io.stockledger.ledger.transfer.TransferStatements;
import io.stockledger.ledger.transfer.lines.FileIds;
import io.stockledger.ledger.transfer.lines.ItemColumn;
import io.stockledger.text.PrintableText;
import io.stockledger.text.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * The counts of a file. Each line is what one count is, with a request id of its own; the same file
 * again changes nothing, and a run after a killed one makes what is left.
 *
 * <p>No two lines are of one item, so the order of the lines does not matter: four workers make a
 * chunk of them each, while the chunks before are finished in the order of the file.
 */
public final class CountImport {
  /** The largest number of connections that are used at a time. */
  public static final int CONNECTIONS = 4;

  private static final int LINES_OF_A_CHUNK = 1_024;

  private static final CsvHeader HEADER =
      new CsvHeader(
          ItemColumn.NAMES,
          List.of(CountLineParser.COUNTED),
          List.of(
              CountLineParser.AFTER_MOVE,
              CountLineParser.DATE,
              CountLineParser.NOTE,
              CountLineParser.REQUEST_ID));

  private final Database database;
  private final CsvFile file;
  private final Options options;
  private final ImportListener listener;
  private final Consumer<Count> differences;
  private final ToLongFunction<Map<Long, LocalDate>> refreshClosings;
  private final RejectionReport report;
  private final WriteWatch watch = new WriteWatch();

  private long lastLineDone;
  private long lines;
  private long made;
  private long madeBefore;
  private long different;
  private long rejected;
  private long closings;

  /**
   * What to do with a file.
   *
   * @param fileId the name from which request ids are made, if the file has no column for them
   * @param rejects where lines go that are not counted
   * @param isDryRun whether to compare all lines and change nothing
   * @param date the day of the lines that name none
   * @param today moves dated before it may have closings; no count may be dated too far after it
   */
  public record Options(
      Optional<String> fileId,
      Optional<RejectsFile> rejects,
      boolean isDryRun,
      LocalDate date,
      LocalDate today) {

    /**
     * Makes the options.
     *
     * @throws InvalidValueException if no request id can be made from the file id
     */
    public Options {
      checkFileId(fileId);
    }
  }

  /**
   * Makes an import.
   *
   * @param differences receives each count that differs from the ledger, in the order of the file
   * @param refreshClosings receives the items with corrections dated before today and their days
   */
  public CountImport(
      Database database,
      CsvFile file,
      Options options,
      ImportListener listener,
      Consumer<Count> differences,
      ToLongFunction<Map<Long, LocalDate>> refreshClosings) {
    this.database = database;
    this.file = file;
    this.options = options;
    this.listener = listener;
    this.report = new RejectionReport(database, options.rejects(), listener);
    this.differences = differences;
    this.refreshClosings = refreshClosings;
  }

  /**
   * Opens a file of counts.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile open(Path path, CsvFormat format) {
    return CsvFile.open(path, HEADER, format);
  }

  /**
   * Reads a stream of counts to its end.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile copyOf(InputStream in, CsvFormat format) {
    return CsvFile.copyOf(in, HEADER, format);
  }

  /**
   * Checks the name of a file.
   *
   * @throws InvalidValueException if no request id can be made from it
   */
  public static void checkFileId(Optional<String> fileId) {
    fileId.ifPresent(FileIds::check);
  }

  /** Whether the lines of a file have request ids. */
  public static boolean hasRequestIds(CsvFile file) {
    return file.columns().contains(CountLineParser.REQUEST_ID);
  }

  /**
   * Makes the counts.
   *
   * @throws InvalidFileException if the file can't be read to its end; nothing was written
   * @throws ImportIncompleteException if it stopped in the middle; any other failure means that
   *     nothing was written
   */
  public CountSummary run() {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    CountLineParser parser =
        new CountLineParser(file.columns(), options.fileId(), options.date(), options.today());
    try (CountFile read = CountFile.read(file, parser, listener)) {
      listener.started(read.lines());
      run(threads, read);
      return new CountSummary(lines, made, madeBefore, different, rejected, closings);
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
        "Can't write a temporary file in %s, to compare the items of the lines: %s. %s"
            .formatted(
                PrintableText.quoted(error.folder()),
                error.getMessage(),
                InvalidFileException.OTHER_FOLDER),
        error);
  }

  /** Lines that are being counted. */
  private record Chunk(
      ChunkCounter counter, List<CountLine> lines, Future<List<LineResult>> results) {}

  private void run(ExecutorService threads, CountFile read) throws IOException {
    List<ChunkCounter> free = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      free.add(new ChunkCounter(database, watch, options.isDryRun()));
    }
    List<Chunk> underWay = new ArrayList<>();
    try (CountFile.Reading reading = read.read()) {
      List<CountLine> next = next(reading);
      while (!next.isEmpty() || !underWay.isEmpty()) {
        if (!next.isEmpty() && !free.isEmpty()) {
          ImportStoppedException.throwIfStopped(listener);
          ChunkCounter counter = free.remove(0);
          List<CountLine> chunk = next;
          underWay.add(new Chunk(counter, chunk, threads.submit(() -> count(counter, chunk))));
          next = next(reading);
        } else {
          Chunk done = underWay.remove(0);
          List<LineResult> results = Waiting.result(done.results());
          free.add(done.counter());
          finish(done.lines(), results);
        }
      }
    } catch (IOException | RuntimeException e) {
      awaitAll(underWay, e);
      if (options.isDryRun() || (lastLineDone == 0 && !watch.mayHaveChanged())) {
        throw e;
      }
      throw new ImportIncompleteException(lastLineDone, e);
    }
  }

  private static List<CountLine> next(CountFile.Reading reading) throws IOException {
    List<CountLine> lines = new ArrayList<>();
    while (lines.size() < LINES_OF_A_CHUNK) {
      Optional<CountLine> line = reading.next();
      if (line.isEmpty()) {
        break;
      }
      lines.add(line.get());
    }
    return lines;
  }

  /** Waits for all, also after a failure, so that nothing is written when the import has ended. */
  private static void awaitAll(List<Chunk> underWay, Exception failure) {
    for (Chunk chunk : underWay) {
      try {
        Waiting.result(chunk.results());
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private List<LineResult> count(ChunkCounter counter, List<CountLine> chunk) {
    Map<String, Long> numbers = numbers(chunk);
    List<CountLine> lines = chunk.stream().map(line -> line.withNumber(numbers)).toList();
    List<CountRequest> requests =
        lines.stream()
            .flatMap(line -> line.asked().stream())
            .map(CountLine.Asked::request)
            .toList();
    Iterator<LineResult> counted =
        (requests.isEmpty() ? List.<LineResult>of() : counter.count(requests)).iterator();
    return lines.stream()
        .map(
            line -> line.fault().<LineResult>map(LineResult.Rejected::new).orElseGet(counted::next))
        .toList();
  }

  private Map<String, Long> numbers(List<CountLine> chunk) {
    List<String> itemCodes =
        chunk.stream()
            .flatMap(line -> line.asked().flatMap(CountLine.Asked::itemCode).stream())
            .toList();
    return itemCodes.isEmpty() ? Map.of() : new ItemRepository(database).knownIdsOf(itemCodes);
  }

  private void finish(List<CountLine> chunk, List<LineResult> results) {
    List<Rejection> rejections = new ArrayList<>();
    Map<Long, LocalDate> days = new HashMap<>();
    for (int i = 0; i < chunk.size(); i++) {
      LineResult result = results.get(i);
      if (result instanceof LineResult.Rejected refused) {
        CountLine line = chunk.get(i);
        rejections.add(
            new Rejection(
                line.line().number(), line.line().fields(), line.requestId(), refused.reason()));
      } else if (result instanceof LineResult.Made now) {
        made++;
        finish(now.count(), days);
      } else if (result instanceof LineResult.MadeBefore before) {
        madeBefore++;
        finish(before.count(), days);
      }
    }
    // Also for counts that were made before: a killed run may have made them and not come further.
    if (!options.isDryRun() && !days.isEmpty()) {
      closings += refreshClosingsIfAny(days);
    }
    lines += chunk.size();
    rejected += rejections.size();
    report.add(rejections);
    listener.advanced(chunk.size());
    lastLineDone = chunk.get(chunk.size() - 1).line().number();
    listener.doneUpTo(lastLineDone);
  }

  private void finish(Count count, Map<Long, LocalDate> days) {
    if (count.difference() != 0) {
      different++;
      differences.accept(count);
      if (count.request().date().isBefore(options.today())) {
        days.put(count.request().itemId(), count.request().date());
      }
    }
  }

  /** Leaves out the look-ups of a thousand items if there is no closing at all. */
  private long refreshClosingsIfAny(Map<Long, LocalDate> days) {
    return new Retry(database).run(TransferStatements::hasClosings)
        ? refreshClosings.applyAsLong(days)
        : 0;
  }
}
