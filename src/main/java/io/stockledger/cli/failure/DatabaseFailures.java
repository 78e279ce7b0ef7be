package io.stockledger.cli.failure;

import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.InterruptedWorkException;
import io.stockledger.db.failure.KnownException;
import io.stockledger.db.failure.SessionRefusal;
import io.stockledger.db.failure.SessionRefusedException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.db.failure.StatementTimeoutException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sentences for failures of the database and of the way to it. */
final class DatabaseFailures {
  /**
   * A date that is none was to be written. No command has one, so it comes from a row: the book
   * date of the latest move, which the next move continues.
   */
  private static final int TRUNCATED_WRONG_VALUE = 1292;

  private DatabaseFailures() {}

  /** Returns the sentence for a failure; empty if it is none of the database. */
  static Optional<String> sentence(KnownException error) {
    if (error instanceof DatabaseException failure) {
      return Optional.of(
          sentence(failure, failure.isAfterChanges() ? "" : "; nothing was changed"));
    }
    if (error instanceof BusyException busy) {
      return Optional.of(sentence(busy, "; nothing was changed. Try again later"));
    }
    if (error instanceof DatabaseUnreachableException unreachable) {
      return Optional.of(sentence(unreachable));
    }
    if (error instanceof SessionRefusedException refused) {
      return Optional.of(sentence(refused));
    }
    if (error instanceof StatementTimeoutException late) {
      return Optional.of(sentence(late));
    }
    return error instanceof InterruptedWorkException
        ? Optional.of("The command was interrupted; its last statement changed nothing.")
        : Optional.empty();
  }

  /** Returns the same sentence without a claim that nothing was changed. */
  static Optional<String> sentenceAfterChanges(KnownException error) {
    if (error instanceof DatabaseException failure) {
      return Optional.of(sentence(failure, ""));
    }
    return error instanceof BusyException busy ? Optional.of(sentence(busy, "")) : sentence(error);
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

  /** The driver's words may have several lines. */
  static String oneLine(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
