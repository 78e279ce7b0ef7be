package io.stockledger.cli;

import io.stockledger.db.BusyException;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.DatabaseUnreachableException;
import io.stockledger.db.SessionRefusal;
import io.stockledger.db.SessionRefusedException;
import io.stockledger.db.SqlFailure;
import io.stockledger.db.StatementTimeoutException;
import io.stockledger.db.StockException;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.ledger.DamagedRowException;
import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.ItemExistsException;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.PrintableText;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.RequestIdReusedException;
import io.stockledger.ledger.StockTooLargeException;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.UnknownRequestException;
import io.stockledger.ledger.aggregate.BatchIncompleteException;
import io.stockledger.ledger.aggregate.NoTiflashException;
import io.stockledger.ledger.setup.OtherShapeException;
import io.stockledger.ledger.setup.TiflashNotReadyException;
import io.stockledger.ledger.transfer.ImportIncompleteException;
import io.stockledger.ledger.transfer.InvalidFileException;
import io.stockledger.ledger.transfer.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The report of a failure: one sentence for a person and one exit status for a script.
 *
 * @param kind a stable name for programs, in snake case
 */
record FailureReport(String kind, String sentence, int exitCode) {

  /**
   * A date that is none was to be written. No command has one, so it comes from a row: the book
   * date of the latest move, which the next move continues.
   */
  private static final int TRUNCATED_WRONG_VALUE = 1292;

  static FailureReport of(Exception error) {
    if (error instanceof StockException failure) {
      return new FailureReport(
          failure.kind().name().toLowerCase(Locale.ROOT), sentence(failure), exitCode(failure));
    }
    if (error instanceof FileNotWrittenException lost) {
      return new FailureReport("file_not_written", sentence(lost), ExitCode.FAILURE);
    }
    return new FailureReport(
        "unexpected", "Unexpected error (--debug shows where): " + error, ExitCode.FAILURE);
  }

  private static int exitCode(StockException error) {
    if (error instanceof RefusedException) {
      return ExitCode.REFUSED;
    }
    if (error instanceof DatabaseUnreachableException) {
      return ExitCode.UNREACHABLE;
    }
    return isUseless(error) ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  /** Whether nothing was done, and asking again has the same answer until a person steps in. */
  private static boolean isUseless(StockException error) {
    return error instanceof SessionRefusedException refused
        ? refused.isFirst()
        : error instanceof DatabaseException failure
            && (failure.failure() == SqlFailure.NO_PRIVILEGE
                || SqlFailure.isStatementBinlog(failure.error()))
            && !failure.isAfterChanges();
  }

  private static String sentence(StockException error) {
    return switch (error.kind()) {
      case UNKNOWN_ITEM -> sentence((UnknownItemException) error);
      case UNKNOWN_REQUEST -> sentence((UnknownRequestException) error);
      case ITEM_EXISTS -> sentence((ItemExistsException) error);
      case REQUEST_ID_REUSED -> sentence((RequestIdReusedException) error);
      case STOCK_TOO_LARGE -> sentence((StockTooLargeException) error);
      case UNREACHABLE -> sentence((DatabaseUnreachableException) error);
      case INTERRUPTED -> "The command was interrupted; its last statement changed nothing.";
      case BUSY -> sentence((BusyException) error, "; nothing was changed. Try again later");
      case LOGIN_REFUSED, UNKNOWN_DATABASE, TLS_FAILED -> sentence((SessionRefusedException) error);
      case NO_PRIVILEGE, SETTING_REFUSED ->
          error instanceof SessionRefusedException refused
              ? sentence(refused)
              : sentence((DatabaseException) error);
      case DATABASE_ERROR -> sentence((DatabaseException) error);
      case STATEMENT_TIMEOUT -> sentence((StatementTimeoutException) error);
      case OUTCOME_UNKNOWN -> sentence((OutcomeUnknownException) error);
      case SUM_OUT_OF_RANGE ->
          "The stock of that day is above " + Long.MAX_VALUE + " and can't be counted.";
      case INVALID_VALUE -> ((InvalidValueException) error).getMessage();
      case BATCH_INCOMPLETE -> sentence((BatchIncompleteException) error);
      case IMPORT_INCOMPLETE -> sentence((ImportIncompleteException) error);
      case NO_TIFLASH -> sentence((NoTiflashException) error);
      case TIFLASH_NOT_READY -> sentence((TiflashNotReadyException) error);
      case OTHER_SHAPE -> sentence((OtherShapeException) error);
      case DAMAGED_ROW -> sentence((DamagedRowException) error);
      case RACE_IN_PROGRESS -> "Another race runs in this database. Wait until it is over.";
    };
  }

  private static String sentence(UnknownItemException error) {
    return unknownItem(error.itemCode().orElse(String.valueOf(error.itemId())));
  }

  private static String unknownItem(String item) {
    return "Unknown item " + item + ". Register it with add-item.";
  }

  private static String sentence(UnknownRequestException error) {
    return "No move has request id " + error.requestId() + ".";
  }

  private static String sentence(ItemExistsException error) {
    return itemExists(error.existing());
  }

  private static String itemExists(RegisteredItem existing) {
    return "Item %s is already registered as %s, %s. Choose another number and code."
        .formatted(existing.itemId(), existing.itemCode(), existing.name());
  }

  private static String sentence(RequestIdReusedException error) {
    return requestIdReused(error.first());
  }

  private static String requestIdReused(Move first) {
    return "Request id %s was used for another move: %s%s of item %s on %s. Use a new request id."
        .formatted(
            first.requestId(),
            first.increment() < 0 ? "" : "+",
            first.increment(),
            first.itemId(),
            first.date());
  }

  private static String sentence(StockTooLargeException error) {
    return tooLarge(error.itemId());
  }

  private static String tooLarge(long itemId) {
    return "The stock of item %s can't be counted above %s units. Add less."
        .formatted(itemId, Long.MAX_VALUE);
  }

  private static String sentence(DatabaseUnreachableException error) {
    return oneLine(
        error.server().isPresent()
            ? "Can't connect to the database at " + error.server().get() + ": " + error.reason()
            : "The connection to the database was lost: " + error.reason());
  }

  /** Tells why there is no session, and what to change. */
  private static String sentence(SessionRefusedException error) {
    return oneLine(
        "Can't connect to the database at %s: %s. %s"
            .formatted(
                error.server(), error.reason().replaceFirst("\\.$", ""), advice(error.refusal())));
  }

  private static String advice(SessionRefusal refusal) {
    return switch (refusal) {
      case WRONG_LOGIN -> "Check --user and the password; stock config shows where they come from.";
      case ACCOUNT_LOCKED -> "An administrator can unlock it: ALTER USER … ACCOUNT UNLOCK.";
      case PASSWORD_EXPIRED -> "Give the user a new password: ALTER USER … IDENTIFIED BY ….";
      case HOST_NOT_ALLOWED -> "Create the user for this machine: CREATE USER …@….";
      case HOST_BLOCKED -> "An administrator can unblock this machine: FLUSH HOSTS.";
      case NO_COMMON_PLUGIN ->
          "Give the user a plugin that Connector/J has: ALTER USER … IDENTIFIED WITH ….";
      case UNKNOWN_DATABASE -> "Create the database, or name another one in --url.";
      case NO_RIGHT_TO_DATABASE ->
          "Grant the user the privileges of docs/operating.md, or name another database in --url.";
      case TLS_REQUIRED -> "Add sslMode=REQUIRED to --url, or a mode that also checks the server.";
      case TLS_NOT_OFFERED -> "Set TLS up on the server, or choose another sslMode in --url.";
      case KEY_NOT_ASKED_FOR ->
          "Add sslMode=REQUIRED to --url, or allowPublicKeyRetrieval=true if nobody can come between:"
              + " docs/operating.md.";
      case TLS_FAILED ->
          "Check sslMode, tlsVersions and trustCertificateKeyStoreUrl in --url: docs/operating.md.";
      case SETTING_REFUSED -> "Check the properties of --url; stock config shows them.";
    };
  }

  /**
   * Tells of a database that stayed busy.
   *
   * @param advice what to add if nothing was changed
   */
  private static String sentence(BusyException error, String advice) {
    return oneLine(
        "Gave up after %s tries%s. The last answer was: %s"
            .formatted(error.tries(), advice, error.lastError().getMessage()));
  }

  private static String sentence(DatabaseException error) {
    return sentence(error, error.isAfterChanges() ? "" : "; nothing was changed");
  }

  /**
   * Tells what an error of the server or the driver means.
   *
   * @param unchanged what to add about the data if the error tells why it could not be changed
   */
  private static String sentence(DatabaseException error, String unchanged) {
    String text = error.error().getMessage();
    return switch (error.failure()) {
      case NO_SUCH_TABLE -> "The ledger's tables are not there (" + text + "). Run setup-db first.";
      case NO_ROOM -> "The database has no room left" + unchanged + ": " + text;
      case READ_ONLY -> "The database is read-only" + unchanged + ": " + text;
      case NO_PRIVILEGE ->
          "The user lacks a privilege%s: %s. docs/operating.md lists the privileges to grant."
              .formatted(unchanged, text);
      case DUPLICATE,
          CONFLICT,
          NOT_NOW,
          CONNECTION_LOST,
          TIMED_OUT,
          NO_TIFLASH,
          OUT_OF_QUOTA,
          OUT_OF_RANGE,
          OTHER ->
          SqlFailure.isStatementBinlog(error.error())
              ? statementBinlog(unchanged, text)
              : "The database answered with error "
                  + error.error().getErrorCode()
                  + ": "
                  + text
                  + (error.error().getErrorCode() == TRUNCATED_WRONG_VALUE
                      ? ". Run verify, which names each damaged row."
                      : "");
    };
  }

  private static String statementBinlog(String unchanged, String text) {
    return ("The database writes no change while its binlog_format is STATEMENT%s. An administrator"
            + " must set it to ROW (SET GLOBAL binlog_format = 'ROW', and in the server's"
            + " configuration): %s")
        .formatted(unchanged, text);
  }

  private static String sentence(StatementTimeoutException error) {
    return ("The database did not answer a statement within %s s, and may still be at it. Give it"
            + " more time with --statement-timeout.")
        .formatted(error.limit().toSeconds());
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

  private static String sentence(BatchIncompleteException error) {
    return (error.lastItem().isPresent()
            ? "Closed the items up to " + error.lastItem().getAsLong()
            : "Some items may be closed")
        + "; run the batch again to complete it. "
        + afterChanges(error.failure());
  }

  /** The same sentence without a claim that nothing was changed. */
  private static String afterChanges(StockException failure) {
    if (failure instanceof DatabaseException database) {
      return sentence(database, "");
    }
    return failure instanceof BusyException busy ? sentence(busy, "") : of(failure).sentence();
  }

  private static String sentence(FileNotWrittenException error) {
    String file = PrintableText.quoted(error.file());
    return error
        .newFile()
        .map(
            newFile ->
                "Could not put %s in its place: %s. What was written is in %s."
                    .formatted(file, error.reason(), PrintableText.quoted(newFile)))
        .orElseGet(() -> "Could not write %s: %s.".formatted(file, error.reason()));
  }

  private static String sentence(ImportIncompleteException error) {
    return importedUpTo(error.lastLine()) + " " + reason(error.failure());
  }

  /**
   * Returns how far an import is that was not completed.
   *
   * @param lastLine the line up to which all is done; 0 if none is known to be done
   */
  static String importedUpTo(long lastLine) {
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
    return failure instanceof StockException error
        ? afterChanges(error)
        : failure instanceof IOException || failure instanceof InvalidFileException
            ? oneLine(String.valueOf(failure.getMessage()))
            : of(failure).sentence();
  }

  /** Returns why a line of a file was not imported. */
  static String sentence(Reason reason) {
    if (reason instanceof Reason.Faulty faulty) {
      return faulty.sentence();
    }
    if (reason instanceof Reason.Insufficient refused) {
      return Refusals.sentence(refused.available(), refused.required());
    }
    if (reason instanceof Reason.UnknownItem unknown) {
      return unknownItem(String.valueOf(unknown.itemId()));
    }
    if (reason instanceof Reason.TooLarge tooLarge) {
      return tooLarge(tooLarge.itemId());
    }
    return reason instanceof Reason.RequestIdReused reused
        ? requestIdReused(reused.first())
        : itemExists(((Reason.ItemExists) reason).existing());
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

  /** The driver's words may have several lines. */
  private static String oneLine(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
