package io.stockledger.db;

import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.KnownException;
import io.stockledger.db.failure.SessionRefusal;
import io.stockledger.db.failure.SessionRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The failure to open a session, with the reason in one line. */
final class NotOpened {
  private NotOpened() {}

  /**
   * Tells why there is no session.
   *
   * @param server the place and the user
   * @param connectTimeout how long opening it could take
   * @param error of the driver or the pool
   * @param isFirst whether it is the first session of the work, so that nothing was done
   */
  static KnownException failure(
      String server, Duration connectTimeout, SQLException error, boolean isFirst) {
    String reason = reason(connectTimeout, error);
    Optional<SessionRefusal> refusal = SessionRefusal.of(error);
    return refusal.isPresent()
        ? new SessionRefusedException(refusal.get(), server, reason, isFirst, error)
        : DatabaseUnreachableException.notOpened(server, reason, error);
  }

  /** Connector/J reports every connection failure alike; the causes hold the real reason. */
  private static String reason(Duration connectTimeout, SQLException error) {
    Throwable reason = error;
    // The pool's own error has the driver's error as its cause.
    while (reason.getCause() instanceof SQLException cause) {
      reason = cause;
    }
    Throwable root = reason;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof SocketTimeoutException) {
      return "no answer within " + connectTimeout.toSeconds() + " s";
    }
    return (root instanceof IOException || root instanceof GeneralSecurityException)
            && root.getMessage() != null
        ? firstLine(root.getMessage())
        : firstLine(reason.getMessage());
  }

  private static String firstLine(String message) {
    return message == null ? "no reason given" : message.strip().lines().findFirst().orElse("");
  }
}
