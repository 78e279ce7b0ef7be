package io.stockledger.cli;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** The form of a time in a result: that in which SQL writes a DATETIME with microseconds. */
final class Times {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private Times() {}

  static String text(LocalDateTime time) {
    return MICROSECONDS.format(time);
  }
}
