package io.stockledger.cli.failure;

import io.stockledger.db.failure.KnownException;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.DamagedRowException;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.SumOutOfRangeException;
import io.stockledger.ledger.closing.BatchIncompleteException;
import io.stockledger.ledger.hold.ReleaseIncompleteException;
import io.stockledger.ledger.item.ItemOutcomeUnknownException;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.setup.NewerTablesException;
import io.stockledger.ledger.setup.OtherShapeException;
import io.stockledger.ledger.setup.TiflashNotReadyException;
import io.stockledger.ledger.tiflash.NoTiflashException;
import io.stockledger.ledger.transfer.ImportIncompleteException;
import io.stockledger.ledger.transfer.restore.OtherMovesException;
import io.stockledger.race.sale.RaceInProgressException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sentences for failures of the ledger and of what works on it. */
public final class LedgerFailures {
  static final String SUM_OUT_OF_RANGE =
      "The stock of that day is above " + Long.MAX_VALUE + " and can't be counted.";

  private LedgerFailures() {}

  /** Returns the sentence for a failure; empty if it is none of the ledger. */
  static Optional<String> sentence(KnownException error) {
    if (error instanceof OutcomeUnknownException unknown) {
      return Optional.of(sentence(unknown));
    }
    if (error instanceof ItemOutcomeUnknownException unknown) {
      return Optional.of(sentence(unknown));
    }
    if (error instanceof InvalidValueException invalid) {
      return Optional.of(invalid.getMessage());
    }
    if (error instanceof DamagedRowException damaged) {
      return Optional.of(sentence(damaged));
    }
    if (error instanceof SumOutOfRangeException) {
      return Optional.of(SUM_OUT_OF_RANGE);
    }
    return sentenceOfWork(error);
  }

  private static Optional<String> sentenceOfWork(KnownException error) {
    if (error instanceof ReleaseIncompleteException incomplete) {
      return Optional.of(sentence(incomplete));
    }
    if (error instanceof BatchIncompleteException incomplete) {
      return Optional.of(sentence(incomplete));
    }
    if (error instanceof ImportIncompleteException incomplete) {
      return Optional.of(sentence(incomplete));
    }
    if (error instanceof OtherMovesException other) {
      return Optional.of(sentence(other));
    }
    if (error instanceof NoTiflashException none) {
      return Optional.of(sentence(none));
    }
    if (error instanceof TiflashNotReadyException notReady) {
      return Optional.of(sentence(notReady));
    }
    if (error instanceof NewerTablesException newer) {
      return Optional.of(
          "The tables in %s are of version %s, and this stock knows version %s. Nothing was changed. Use the stock that made them, or a newer one."
              .formatted(newer.database(), newer.version(), newer.known()));
    }
    if (error instanceof OtherShapeException other) {
      return Optional.of(sentence(other));
    }
    return error instanceof RaceInProgressException
        ? Optional.of("Another race runs in this database. Wait until it is over.")
        : Optional.empty();
  }

  private static String sentence(OutcomeUnknownException error) {
    return ("It is not known whether the move was made: %s. Ask again with --request-id %s (it is"
            + " made at most once).")
        .formatted(
            error.isAfterTimeout()
                ? "the database did not answer in time (--statement-timeout)"
                : "the connection was lost",
            error.requestId());
  }

  private static String sentence(ItemOutcomeUnknownException error) {
    return ("It is not known whether item %s was registered as item %s: the answer of the database"
            + " was lost. If get-stock --item-id %s shows another item or none, run the command again.")
        .formatted(error.itemCode(), error.itemId(), error.itemId());
  }

  private static String sentence(ReleaseIncompleteException error) {
    return "Some holds are released; run release-hold --expired again to complete it. "
        + reason(error.failure());
  }

  private static String sentence(BatchIncompleteException error) {
    return (error.lastItem().isPresent()
            ? "Closed the items up to " + error.lastItem().getAsLong()
            : "Some items may be closed")
        + "; run the batch again to complete it. "
        + afterChanges(error.failure());
  }

  private static String sentence(ImportIncompleteException error) {
    return importedUpTo(error.lastLine()) + " " + reason(error.failure());
  }

  private static String sentence(OtherMovesException error) {
    return (error.isAfterWrites()
            ? "The ledger does not have the moves of the file: move %s of item %s is another one, or is"
                + " missing. Another program wrote to the ledger meanwhile. Restore the file into an"
                + " empty ledger that nothing else uses."
            : "The ledger has other moves: move %s of item %s is not that of the file. A file is"
                + " restored into a ledger without moves (setup-db --no-initial-data), or completes a"
                + " restore of the same file. Nothing was changed.")
        .formatted(error.moveNo(), error.itemId());
  }

  /**
   * Returns how far an import is that was not completed.
   *
   * @param lastLine the line up to which all is done; 0 if none is known to be done
   */
  public static String importedUpTo(long lastLine) {
    return (lastLine > 0
            ? "The file is imported up to line " + lastLine
            : "A part of the file may be imported")
        + "; run the import again to complete it.";
  }

  private static String reason(Exception failure) {
    if (failure instanceof OutcomeUnknownException unknown) {
      return unknown.isAfterTimeout()
          ? "The database did not answer in time (--statement-timeout)."
          : "The connection to the database was lost.";
    }
    return failure instanceof KnownException error
        ? afterChanges(error)
        : failure instanceof IOException || failure instanceof InvalidFileException
            ? DatabaseFailures.oneLine(String.valueOf(failure.getMessage()))
            : FailureReport.of(failure).sentence();
  }

  private static String afterChanges(KnownException failure) {
    return DatabaseFailures.sentenceAfterChanges(failure)
        .orElseGet(() -> FailureReport.of(failure).sentence());
  }

  private static String sentence(NoTiflashException error) {
    return switch (error.reason()) {
      case NOT_TIDB -> "This server is not TiDB: it has no TiFlash to read on.";
      case NO_COPY ->
          "TiFlash has no copy of the tables that can be read. setup-db asks for the copies and"
              + " waits for them.";
      case FAILED -> "TiFlash could not be read: " + error.getCause().getMessage();
      case NOT_CHOSEN -> "TiDB found no way to read on TiFlash: " + error.getCause().getMessage();
    };
  }

  private static String sentence(TiflashNotReadyException error) {
    long seconds = error.limit().toSeconds();
    return ("TiFlash has not copied the tables within %s s (%s). The ledger works without it. To"
            + " wait again: setup-db --tiflash-timeout %s")
        .formatted(seconds, error.progress(), seconds * 2 + 1);
  }

  private static String sentence(DamagedRowException error) {
    return "A row%s is damaged: its %s is %s, which no command writes. Run verify, which names each damaged row."
        .formatted(
            error.row().isEmpty()
                ? ""
                : error.row().entrySet().stream()
                    .map(key -> key.getKey() + " " + key.getValue())
                    .collect(Collectors.joining(", ", " (", ")")),
            error.column(),
            error.value());
  }

  private static String sentence(OtherShapeException error) {
    return error.differences().entrySet().stream()
            .map(
                table ->
                    "Table %s in %s has another shape: %s. "
                        .formatted(
                            table.getKey(), error.database(), String.join("; ", table.getValue())))
            .collect(Collectors.joining())
        + "Nothing was changed. Bring the tables to the shape of sql/schema.sql, use another"
        + " database, or run setup-db --reset, which deletes all items, moves and closings.";
  }
}
