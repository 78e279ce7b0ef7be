package io.stockledger.ledger.rule;

import io.stockledger.text.PrintableText;
import io.stockledger.text.Today;
import java.time.LocalDate;
import java.util.List;

/**
 * A request for moves: all of its lines are made, or none of them. The constructor accepts what a
 * row of the ledger may have; {@link #check} refuses what no new request may have.
 *
 * @param id the same for each sending of the request, so that it is made at most once
 * @param date the day of all its moves
 * @param note a remark; empty if there is none
 * @param lines the moves, in the order in which they are decided
 * @param purpose what is written beside the moves
 */
public record Request(
    String id, LocalDate date, String note, List<RequestLine> lines, Purpose purpose) {
  /** An order of a hundred items is one short statement. Import larger numbers of moves. */
  public static final int MOST_LINES = 100;

  public static final int LONGEST_NOTE = 255;

  private static final String LINES_OF_A_REQUEST = "a request has 1 to " + MOST_LINES + " of them.";

  public Request {
    lines = List.copyOf(lines);
  }

  /** Makes a request for moves, and nothing beside them. */
  public Request(String id, LocalDate date, String note, List<RequestLine> lines) {
    this(id, date, note, lines, new Purpose.Moves());
  }

  /** Returns a request for one move, without a note. */
  public static Request ofOneLine(long itemId, long increment, LocalDate date, String id) {
    return new Request(id, date, "", List.of(new RequestLine(itemId, increment)));
  }

  /** Returns the request that commits a hold: it has no moves. */
  public static Request commitOfHold(String holdId) {
    return new Request(
        holdId,
        MoveRequest.FIRST_DAY,
        "",
        List.of(),
        new Purpose.HoldEnd(holdId, HoldOutcome.COMMITTED));
  }

  /** Whether it is a request for one move. */
  public boolean hasOneLine() {
    return lines.size() == 1;
  }

  /** Returns the same request for another purpose. */
  public Request with(Purpose other) {
    return new Request(id, date, note, lines, other);
  }

  /**
   * Whether another sending of the id asks for the same moves. The note is no part of what is asked
   * for: that of the first sending is stored. A hold and a removal of the same units are not the
   * same. What is asked for by a count is how many units were counted, not the move that results
   * from it: another sending may have compared them with other moves.
   */
  public boolean asksForTheSameAs(Request other) {
    if (purpose instanceof Purpose.Counted one && other.purpose instanceof Purpose.Counted two) {
      return one.count().request().asksForTheSameAs(two.count().request());
    }
    return id.equals(other.id)
        && date.equals(other.date)
        && lines.equals(other.lines)
        && purpose.isSameKindAs(other.purpose);
  }

  /** Whether the id is that of the request. The commit of a hold has the id of the hold. */
  public boolean hasIdOfItsOwn() {
    return !(purpose instanceof Purpose.HoldEnd end) || end.outcome().givesBack();
  }

  /** Whether it is a request for moves, and nothing beside them. */
  public boolean isForMovesOnly() {
    return purpose instanceof Purpose.Moves;
  }

  /**
   * Refuses what no request may have, except a date that is too far ahead, which depends on the
   * clock.
   *
   * @throws InvalidValueException if the request has such a value
   */
  public void check() {
    checkPurpose();
    if (lines.size() > MOST_LINES) {
      throw new InvalidValueException("number of lines", LINES_OF_A_REQUEST);
    }
    for (RequestLine line : lines) {
      if (line.itemId() < 1) {
        throw new InvalidValueException("item id", "it must be at least 1.");
      }
      if (line.increment() == 0 || line.increment() == Long.MIN_VALUE) {
        throw new InvalidValueException("quantity", "it must not be " + line.increment() + ".");
      }
    }
    checkSums();
    MoveRequest.checkDate(date);
    MoveRequest.checkRequestId(id);
    checkNote(note);
  }

  /**
   * Refuses a date more than 366 days ahead of today.
   *
   * @throws InvalidValueException if the date is one
   */
  public void refuseIfTooFarAhead() {
    MoveRequest.refuseIfTooFarAhead(date, Today.date());
  }

  private void checkPurpose() {
    if (lines.isEmpty() && hasIdOfItsOwn() && !(purpose instanceof Purpose.Counted)) {
      throw new InvalidValueException("number of lines", LINES_OF_A_REQUEST);
    }
    if (purpose instanceof Purpose.Hold hold) {
      if (lines.stream().anyMatch(line -> line.increment() > 0)) {
        throw new InvalidValueException("quantity", "a hold has removals only.");
      }
      hold.expiry().check();
    }
  }

  private void checkSums() {
    try {
      ItemNeed.ofItems(lines);
    } catch (ArithmeticException e) {
      throw new InvalidValueException(
          "quantity", "the lines of an item add up to more than a BIGINT holds.");
    }
  }

  /**
   * Refuses a text that can't be a note.
   *
   * @throws InvalidValueException if it is too long or has control characters
   */
  public static void checkNote(String note) {
    int length = note.codePointCount(0, note.length());
    if (length > LONGEST_NOTE) {
      throw new InvalidValueException(
          "note", "it has " + length + " characters; at most " + LONGEST_NOTE + ".");
    }
    if (note.codePoints().anyMatch(PrintableText::isControl)) {
      throw new InvalidValueException(
          "note", PrintableText.quoted(note) + " has control characters.");
    }
  }
}
