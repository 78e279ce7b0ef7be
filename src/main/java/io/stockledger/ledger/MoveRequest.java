package io.stockledger.ledger;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A move that somebody asks for.
 *
 * @param itemId at least 1
 * @param quantity units, at least 1; whether they come or go the method says that is called
 * @param date the day on which they come or go, not before {@link #FIRST_DAY}
 * @param requestId the same for each sending of the same request, so that it is made at most once:
 *     1 to 64 characters that can be shown in any message
 */
public record MoveRequest(long itemId, long quantity, LocalDate date, String requestId) {
  /** The first day that a DATE surely holds on TiDB, MySQL and MariaDB. */
  public static final LocalDate FIRST_DAY = LocalDate.of(1000, 1, 1);

  /** {@code book_date} never goes back: one mistyped year would book all later moves under it. */
  private static final int DAYS_AHEAD = 366;

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /**
   * Makes a request that every rule allows but one: which day it is, only the caller can know.
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
    if (date.isBefore(FIRST_DAY)) {
      throw new InvalidValueException("date", date + " is before " + FIRST_DAY + ".");
    }
    if (!REQUEST_ID.matcher(requestId).matches()) {
      throw new InvalidValueException(
          "request id",
          PrintableText.quoted(requestId)
              + " is not a request id: 1 to 64 of the letters A-Z and a-z, digits and . _ : -");
    }
  }

  /**
   * Refuses a date more than 366 days ahead.
   *
   * @throws InvalidValueException if the date is one
   */
  public void refuseIfTooFarAhead(LocalDate today) {
    if (date.isAfter(today.plusDays(DAYS_AHEAD))) {
      throw new InvalidValueException(
          "date", date + " is more than " + DAYS_AHEAD + " days ahead.");
    }
  }
}
