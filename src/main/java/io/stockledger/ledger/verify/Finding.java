package io.stockledger.ledger.verify;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code verify} found that an invariant does not allow.
 *
 * @param invariant its number in the design
 * @param moveNo the move, if it is about one
 * @param date the day, if it is about one
 * @param subject what of it is not as it must be: a column's name or a few words
 * @param found what it is
 * @param expected what it would have to be
 */
public record Finding(
    int invariant,
    long itemId,
    OptionalLong moveNo,
    Optional<LocalDate> date,
    String subject,
    String found,
    String expected) {

  static Finding ofItem(int invariant, long itemId, String subject, Object found, Object expected) {
    return new Finding(
        invariant,
        itemId,
        OptionalLong.empty(),
        Optional.empty(),
        subject,
        String.valueOf(found),
        String.valueOf(expected));
  }

  static Finding ofMove(
      int invariant, long itemId, long moveNo, String subject, Object found, Object expected) {
    return new Finding(
        invariant,
        itemId,
        OptionalLong.of(moveNo),
        Optional.empty(),
        subject,
        String.valueOf(found),
        String.valueOf(expected));
  }

  static Finding ofDay(
      int invariant, long itemId, LocalDate date, String subject, Object found, Object expected) {
    return new Finding(
        invariant,
        itemId,
        OptionalLong.empty(),
        Optional.of(date),
        subject,
        String.valueOf(found),
        String.valueOf(expected));
  }
}
