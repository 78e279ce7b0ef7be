package io.stockledger.cli.output;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The forms of a time in a result, all with microseconds. */
public final class Times {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z' ");

  private Times() {}

  /** Returns this moment in UTC as the beginning of a line of a log (RFC 3339). */
  static String stamp() {
    return STAMP.format(Instant.now().atOffset(ZoneOffset.UTC));
  }

  /** Returns a time in the form in which SQL writes a DATETIME. */
  public static String text(LocalDateTime time) {
    return MICROSECONDS.format(time);
  }

  /** Returns a moment in the same form, in UTC, and says so. */
  public static String text(Instant moment) {
    return MICROSECONDS.format(moment.atOffset(ZoneOffset.UTC)) + " UTC";
  }

  /** Returns a time of the server's sessions in the ISO form, without a time zone. */
  static String iso(LocalDateTime time) {
    return ISO.format(time);
  }

  /** Returns a moment in the ISO form, in UTC. */
  static String iso(Instant moment) {
    return ISO.format(moment.atOffset(ZoneOffset.UTC)) + "Z";
  }
}
