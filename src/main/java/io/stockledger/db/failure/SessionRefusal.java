package io.stockledger.db.failure;

import com.mysql.cj.Messages;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Why a server admits no session, where asking again has the same answer until somebody changes a
 * setting, a user or a database. All else that keeps a session from being opened may be over by
 * itself: a server that is down, or has too many connections (1040), or too many of this user
 * (1203, 1226), or does not understand the greeting (1043, as while a proxy starts).
 *
 * <p>The numbers are those of MySQL (dev.mysql.com, Server Error Message Reference), of MariaDB
 * (mariadb.com, MariaDB Error Codes) and of TiDB (docs.pingcap.com, error codes).
 */
public enum SessionRefusal {
  /** User, password, or the host of the user: servers do not tell which. */
  WRONG_LOGIN("login_refused", 1045, 1698),
  /** The account is locked, by an administrator or after too many wrong passwords. */
  ACCOUNT_LOCKED("login_refused", 3118, 3955, 4150, 4151),
  /** The password has expired. */
  PASSWORD_EXPIRED("login_refused", 1820, 1862),
  /** No user may connect from this machine. */
  HOST_NOT_ALLOWED("login_refused", 1130),
  /** The server blocks this machine after many connections that were broken off. */
  HOST_BLOCKED("login_refused", 1129),
  /** The driver and the server have no way in common to prove who the user is. */
  NO_COMMON_PLUGIN("login_refused", 1251, 1524, 2059),
  /** There is no such database. */
  UNKNOWN_DATABASE("unknown_database", 1049),
  /** The user has no privilege on the database. */
  NO_RIGHT_TO_DATABASE("no_privilege", 1044),
  /** The server accepts encrypted connections only. */
  TLS_REQUIRED("tls_failed", 3159),
  /** The URL asks for an encrypted connection, which the server does not offer. */
  TLS_NOT_OFFERED("tls_failed"),
  /**
   * The server wants the password, which may not pass without TLS, encrypted by its key, and the
   * driver asks no server that it can't tell from another for one (dev.mysql.com, Caching SHA-2
   * Pluggable Authentication). The server remembers the user afterwards, and then wants no key.
   */
  KEY_NOT_ASKED_FOR("tls_failed"),
  /** The server's certificate is not accepted, or there is no protocol or cipher in common. */
  TLS_FAILED("tls_failed"),
  /** The server or the driver does not take a variable or a property that is set. */
  SETTING_REFUSED("setting_refused", 1193, 1231, 8048);

  /** The driver's name of its sentence for a server without TLS, in whatever language. */
  private static final String NO_TLS_SENTENCE = "MysqlIO.15";

  /** "Public Key Retrieval is not allowed". */
  private static final String NO_KEY_SENTENCE = "Sha256PasswordPlugin.2";

  private final String kind;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable.
  private final Set<Integer> codes;

  SessionRefusal(String kind, Integer... codes) {
    this.kind = kind;
    this.codes = Set.of(codes);
  }

  /** The kind of failure, for programs. */
  String kind() {
    return kind;
  }

  /**
   * Classifies the error with which a session could not be opened.
   *
   * @return empty if a later try may open one
   */
  public static Optional<SessionRefusal> of(SQLException error) {
    // The pool's own error has the driver's error as its cause.
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException answer && answer.getErrorCode() != 0) {
        return ofCode(answer.getErrorCode());
      }
    }
    return ofDriver(error);
  }

  private static Optional<SessionRefusal> ofCode(int code) {
    return Arrays.stream(values()).filter(refusal -> refusal.codes.contains(code)).findFirst();
  }

  private static Optional<SessionRefusal> ofDriver(SQLException error) {
    boolean isTls = false;
    boolean isCut = false;
    boolean isSetting = false;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (Messages.getString(NO_TLS_SENTENCE).equals(cause.getMessage())) {
        return Optional.of(TLS_NOT_OFFERED);
      }
      if (Messages.getString(NO_KEY_SENTENCE).equals(cause.getMessage())) {
        return Optional.of(KEY_NOT_ASKED_FOR);
      }
      isTls |= cause instanceof SSLException || cause instanceof GeneralSecurityException;
      isCut |=
          cause instanceof EOFException
              || cause instanceof SocketException
              || cause instanceof SocketTimeoutException;
      // An unknown connectionTimeZone.
      isSetting |= cause instanceof DateTimeException;
    }
    if (isTls) {
      // A connection that is cut amid the handshake says nothing about certificates.
      return isCut ? Optional.empty() : Optional.of(TLS_FAILED);
    }
    return isSetting ? Optional.of(SETTING_REFUSED) : Optional.empty();
  }
}
