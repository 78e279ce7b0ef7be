package io.stockledger.ledger.rule;

import io.stockledger.text.PrintableText;
import java.time.LocalDate;
import java.util.List;

/**
 * A request for one addition or one removal, as the commands for one item take it.
 *
 * @param itemId at least 1
 * @param quantity units, at least 1; the method called decides whether they are added or removed
 * @param date the day of the move, not before {@link #FIRST_DAY}
 * @param requestId the same for each sending of the same request, so that it is made at most once:
 *     1 to 64 characters that can be shown in any message
 * @param note a remark; empty if there is none
 */
public record MoveRequest(
    long itemId, long quantity, LocalDate date, String requestId, String note) {
  /** The first day of the range that TiDB, MySQL and MariaDB document for DATE. */
  public static final LocalDate FIRST_DAY = LocalDate.of(1000, 1, 1);

  /** {@code book_date} never moves back: one mistyped year would book all later moves under it. */
  public static final int DAYS_AHEAD = 366;

  public static final int LONGEST_REQUEST_ID = 64;

  /**
   * Makes a request and checks all but how far its date lies ahead, which depends on the clock.
   *
   * @throws InvalidValueException if no move may have such a value
   */
  public MoveRequest {
    if (itemId < 1) {
      throw new InvalidValueException("item id", "it must be at least 1.");
    }
    if (quantity < 1) {
      throw new InvalidValueException("quantity", "it must be at least 1.");
    }
    checkDate(date);
    checkRequestId(requestId);
    Request.checkNote(note);
  }

  /** Makes a request without a note. */
  public MoveRequest(long itemId, long quantity, LocalDate date, String requestId) {
    this(itemId, quantity, date, requestId, "");
  }

  /** Returns the request that adds the units. */
  public Request addition() {
    return request(quantity);
  }

  /** Returns the request that removes the units. */
  public Request removal() {
    return request(-quantity);
  }

  private Request request(long increment) {
    return new Request(requestId, date, note, List.of(new RequestLine(itemId, increment)));
  }

  static void checkDate(LocalDate date) {
    if (date.isBefore(FIRST_DAY)) {
      throw new InvalidValueException("date", date + " is before " + FIRST_DAY + ".");
    }
  }

  /**
   * Refuses a text that is no request id.
   *
   * @throws InvalidValueException if it is none
   */
  public static void checkRequestId(String requestId) {
    if (!isRequestId(requestId)) {
      throw new InvalidValueException(
          "request id",
          PrintableText.quoted(requestId)
              + " is not a request id: 1 to 64 of the letters A-Z and a-z, digits and . _ : -");
    }
  }

  /**
   * Whether a text is a request id. Without a regular expression, because an import checks millions
   * of ids.
   */
  public static boolean isRequestId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean isAllowed =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || "._:-".indexOf(character) >= 0;
      if (!isAllowed) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_REQUEST_ID;
  }

  /**
   * Refuses a date more than 366 days ahead.
   *
   * @throws InvalidValueException if the date is one
   */
  public void refuseIfTooFarAhead(LocalDate today) {
    refuseIfTooFarAhead(date, today);
  }

  static void refuseIfTooFarAhead(LocalDate date, LocalDate today) {
    if (date.isAfter(today.plusDays(DAYS_AHEAD))) {
      throw new InvalidValueException(
          "date", date + " is more than " + DAYS_AHEAD + " days ahead.");
    }
  }
}
