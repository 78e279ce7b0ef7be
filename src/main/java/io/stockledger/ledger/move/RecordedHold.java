package io.stockledger.ledger.move;

import io.stockledger.ledger.rule.HoldOutcome;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The hold that a request is, as the ledger has it. All times are in UTC.
 *
 * @param expiresAt when its time is over
 * @param end how it ended; empty while it is open
 */
public record RecordedHold(LocalDateTime expiresAt, Optional<End> end) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  /** The end of a hold. */
  public record End(HoldOutcome outcome, LocalDateTime endedAt) {}

  /** Returns how the hold stands, in a word. */
  public String word() {
    return end.map(ended -> ended.outcome().word()).orElse("open");
  }

  /** Whether the opposite of its moves is made. */
  public boolean isGivenBack() {
    return end.map(ended -> ended.outcome().givesBack()).orElse(false);
  }

  /**
   * Returns the text of an export: when it expires, and if it has ended, how and when, with blanks
   * between.
   */
  public String text() {
    return TIME.format(expiresAt)
        + end.map(ended -> " " + ended.outcome().word() + " " + TIME.format(ended.endedAt()))
            .orElse("");
  }

  /** Returns the hold of a text of an export; empty if it is none. */
  public static Optional<RecordedHold> of(String text) {
    String[] words = text.split(" ", -1);
    try {
      if (words.length == 1) {
        return Optional.of(new RecordedHold(time(words[0]), Optional.empty()));
      }
      return words.length != 3
          ? Optional.empty()
          : HoldOutcome.of(words[1])
              .map(
                  outcome ->
                      new RecordedHold(
                          time(words[0]), Optional.of(new End(outcome, time(words[2])))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static LocalDateTime time(String text) {
    return LocalDateTime.parse(text, TIME);
  }
}
