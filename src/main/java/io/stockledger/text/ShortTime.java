package io.stockledger.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: {@code 90s}, {@code 15m}, {@code 2h} or {@code 3d}. */
public final class ShortTime {
  /** What such a time looks like. */
  public static final String EXAMPLES = "90s, 15m, 2h or 3d";

  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhd])");

  private ShortTime() {}

  /** Returns the time that a text has; empty if it is none. */
  public static Optional<Duration> parse(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(time.group(1));
    return Optional.of(
        switch (time.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }
}
