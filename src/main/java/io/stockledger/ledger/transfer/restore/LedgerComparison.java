package io.stockledger.ledger.transfer.restore;

import io.stockledger.db.Database;
import io.stockledger.file.CsvFile;
import io.stockledger.ledger.move.MoveFilter;
import io.stockledger.ledger.move.MoveRepository;
import io.stockledger.ledger.move.RecordedMove;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/** A comparison of the moves of the ledger with those of an export. */
final class LedgerComparison {
  private final boolean isAfterWrites;
  private final ExportReading reading;
  private Optional<ExportedMove> next;
  private long moves;

  private LedgerComparison(boolean isAfterWrites, ExportReading reading) throws IOException {
    this.isAfterWrites = isAfterWrites;
    this.reading = reading;
    this.next = reading.next();
  }

  /**
   * Requires that each move of the ledger is one of the file, with the same number and values.
   *
   * @return how many moves the ledger has
   * @throws OtherMovesException if not
   */
  static long requireOnlyMovesOf(CsvFile file, Database database, LocalDate today)
      throws IOException {
    return run(file, database, today, false).moves;
  }

  /**
   * Requires that the ledger has the moves of the file and no others.
   *
   * @throws OtherMovesException if not
   */
  static void requireMovesOf(CsvFile file, Database database, LocalDate today) throws IOException {
    run(file, database, today, true);
  }

  private static LedgerComparison run(
      CsvFile file, Database database, LocalDate today, boolean isAfterWrites) throws IOException {
    try (ExportReading reading = new ExportReading(file, today)) {
      LedgerComparison comparison = new LedgerComparison(isAfterWrites, reading);
      new MoveRepository(database)
          .forEach(
              new MoveFilter(OptionalLong.empty(), MoveFilter.FIRST_DAY, MoveFilter.LAST_DAY),
              comparison::compare);
      if (isAfterWrites && comparison.next.isPresent()) {
        throw comparison.missing(comparison.next.get());
      }
      return comparison;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean compare(RecordedMove move) {
    while (next.isPresent() && isBefore(next.get(), move)) {
      if (isAfterWrites) {
        throw missing(next.get());
      }
      advance();
    }
    if (next.isEmpty()
        || !next.get().isSameAs(move)
        || !next.get().hasHoldOf(move, isAfterWrites)) {
      throw new OtherMovesException(move.itemId(), move.moveNo(), isAfterWrites);
    }
    moves++;
    advance();
    return true;
  }

  private static boolean isBefore(ExportedMove exported, RecordedMove move) {
    return exported.itemId() < move.itemId()
        || (exported.itemId() == move.itemId() && exported.moveNo() < move.moveNo());
  }

  private OtherMovesException missing(ExportedMove exported) {
    return new OtherMovesException(exported.itemId(), exported.moveNo(), true);
  }

  private void advance() {
    try {
      next = reading.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
