package io.stockledger.ledger.transfer.restore;

import io.stockledger.db.Database;
import io.stockledger.db.PreparedByServer;
import io.stockledger.db.Retry;
import io.stockledger.db.WriteWatch;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.file.CsvHeader;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.ItemStatements;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.StockStatements;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.transfer.ImportIncompleteException;
import io.stockledger.ledger.transfer.ImportListener;
import io.stockledger.ledger.transfer.ImportStoppedException;
import io.stockledger.ledger.transfer.ImportSummary;
import io.stockledger.ledger.transfer.lines.ItemColumn;
import io.stockledger.ledger.transfer.lines.MoveLineParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The restore of an export into a ledger without moves: each move gets the number, the stock, the
 * dates, the request and the note that it had.
 *
 * <p>Before anything is written, the whole file is checked, and each move that the ledger has must
 * be one of the file, so that a restore that was interrupted goes on after it. At the end the
 * ledger is read and compared with the file. Memory is bounded whatever the size of the file is.
 */
public final class LedgerRestore {
  /** A row has less than 1.3 KB with the longest note, so a statement has less than 1.4 MB. */
  private static final int MOVES_OF_A_STATEMENT = 1_024;

  private static final int ITEMS_OF_A_LOOK_UP = 500;
  private static final int MOST_ITEMS_NAMED = 10;
  private static final int LINES_BETWEEN_STOPS = 1 << 14;

  /** An export of an earlier version has no holds. */
  private static final CsvHeader HEADER =
      new CsvHeader(
          List.of(),
          List.of(
              ItemColumn.ITEM_ID,
              MoveLineParser.DATE,
              MoveLineParser.QUANTITY,
              MoveLineParser.REQUEST_ID,
              MoveLineParser.LINE,
              MoveLineParser.NOTE),
          List.of(MoveLineParser.HOLD));

  private final Database database;
  private final Retry retry;
  private final CsvFile file;
  private final LocalDate today;
  private final boolean isDryRun;
  private final ImportListener listener;

  private final ItemStatements items = new ItemStatements(LedgerTables.ledger());
  private final StockStatements statements = new StockStatements(LedgerTables.ledger());
  private final PreparedByServer full =
      new PreparedByServer(StockStatements.appendAtNumbers(MOVES_OF_A_STATEMENT));
  private final WriteWatch watch = new WriteWatch();
  private long lastLineDone;
  private long lines;

  /**
   * Makes a restore.
   *
   * @param isDryRun whether to check the file and the ledger only
   * @param today no move may be dated too far after it
   */
  public LedgerRestore(
      Database database, CsvFile file, boolean isDryRun, LocalDate today, ImportListener listener) {
    this.database = database;
    this.retry = new Retry(database);
    this.file = file;
    this.isDryRun = isDryRun;
    this.today = today;
    this.listener = listener;
  }

  /**
   * Opens an export.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile open(Path path, CsvFormat format) {
    return CsvFile.open(path, HEADER, format);
  }

  /**
   * Reads a stream of an export to its end.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile copyOf(InputStream in, CsvFormat format) {
    return CsvFile.copyOf(in, HEADER, format);
  }

  /**
   * Restores the file.
   *
   * @throws InvalidFileException if it is no whole export, or names an unknown item; nothing was
   *     written
   * @throws OtherMovesException if the ledger has moves that the file does not have
   * @throws ImportIncompleteException if it stopped in the middle; any other failure means that
   *     nothing was written
   */
  public ImportSummary run() {
    try {
      check();
      listener.started(lines);
      long madeBefore = LedgerComparison.requireOnlyMovesOf(file, database, today);
      if (isDryRun) {
        return new ImportSummary(lines, lines - madeBefore, madeBefore, 0, 0);
      }
      write();
      LedgerComparison.requireMovesOf(file, database, today);
      return new ImportSummary(lines, lines - madeBefore, madeBefore, 0, 0);
    } catch (IOException e) {
      throw new InvalidFileException("The file could not be read: " + e.getMessage(), e);
    }
  }

  private void check() throws IOException {
    List<Long> unknown = new ArrayList<>();
    DayStocks days = new DayStocks();
    List<Long> next = new ArrayList<>();
    try (WholeRequests requests = new WholeRequests(file, today);
        ExportReading reading = new ExportReading(file, today)) {
      for (Optional<ExportedMove> move = reading.next(); move.isPresent(); move = reading.next()) {
        if (lines % LINES_BETWEEN_STOPS == 0) {
          ImportStoppedException.throwIfStopped(listener);
        }
        lines++;
        requests.add(move.get());
        if (!days.add(move.get())) {
          throw ExportReading.faulty(
              file,
              move.get().line(),
              "the stock of item %s would be below 0 at the end of %s or of a later day."
                  .formatted(move.get().itemId(), move.get().date()),
              null);
        }
        if (move.get().moveNo() == 1) {
          next.add(move.get().itemId());
        }
        if (next.size() == ITEMS_OF_A_LOOK_UP) {
          addUnknown(next, unknown);
        }
      }
      requests.check();
    }
    addUnknown(next, unknown);
    if (!unknown.isEmpty()) {
      throw unknownItems(unknown);
    }
  }

  private void addUnknown(List<Long> itemIds, List<Long> unknown) {
    if (!itemIds.isEmpty() && unknown.size() <= MOST_ITEMS_NAMED) {
      Set<Long> known = retry.run(connection -> items.latestMoves(connection, itemIds)).keySet();
      itemIds.stream().filter(itemId -> !known.contains(itemId)).forEach(unknown::add);
    }
    itemIds.clear();
  }

  private InvalidFileException unknownItems(List<Long> unknown) {
    return new InvalidFileException(
        ("%s has moves of items that are not registered: %s%s. Register all items first, with"
                + " add-item --file and what list-items --output csv wrote of the ledger that was"
                + " exported. Nothing was restored.")
            .formatted(
                file.name(),
                unknown.stream()
                    .limit(MOST_ITEMS_NAMED)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")),
                unknown.size() > MOST_ITEMS_NAMED ? " and more" : ""),
        null);
  }

  private void write() {
    try (ExportReading reading = new ExportReading(file, today)) {
      List<ExportedMove> part = read(reading);
      while (!part.isEmpty()) {
        ImportStoppedException.throwIfStopped(listener);
        List<ExportedMove> moves = part;
        retry.run(connection -> append(connection, moves));
        lastLineDone = moves.get(moves.size() - 1).line();
        listener.advanced(moves.size());
        listener.doneUpTo(lastLineDone);
        part = read(reading);
      }
      HoldRestore holds = new HoldRestore(retry, watch);
      holds.run(file, today, () -> ImportStoppedException.throwIfStopped(listener));
    } catch (IOException | RuntimeException e) {
      if (watch.mayHaveChanged()) {
        throw new ImportIncompleteException(lastLineDone, e);
      }
      throw e instanceof RuntimeException failure
          ? failure
          : new InvalidFileException("The file could not be read: " + e.getMessage(), e);
    }
  }

  private static List<ExportedMove> read(ExportReading reading) throws IOException {
    List<ExportedMove> part = new ArrayList<>();
    while (part.size() < MOVES_OF_A_STATEMENT) {
      Optional<ExportedMove> move = reading.next();
      if (move.isEmpty()) {
        break;
      }
      part.add(move.get());
    }
    return part;
  }

  /**
   * Appends those moves of a part that the ledger does not have yet: an earlier run, or a sending
   * whose answer was lost, may have made them.
   */
  private boolean append(Connection connection, List<ExportedMove> part) throws SQLException {
    Map<Long, LatestMove> latest =
        items.latestMoves(connection, part.stream().map(ExportedMove::itemId).distinct().toList());
    List<NumberedMove> missing =
        part.stream()
            .filter(move -> move.moveNo() > lastNumber(latest, move.itemId()))
            .map(ExportedMove::numbered)
            .toList();
    if (missing.size() == MOVES_OF_A_STATEMENT) {
      watch.run(() -> full.update(connection, StockStatements.parameters(missing)));
    } else if (!missing.isEmpty()) {
      watch.run(() -> statements.append(connection, missing));
    }
    return !missing.isEmpty();
  }

  private static long lastNumber(Map<Long, LatestMove> latest, long itemId) {
    LatestMove move = latest.get(itemId);
    return move == null ? 0 : move.moveNo();
  }
}
