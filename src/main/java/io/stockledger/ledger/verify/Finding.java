package io.stockledger.ledger.verify;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A violation of an invariant that {@code verify} found.
 *
 * @param itemId the item; empty if the finding is about a hold
 * @param moveNo the move, if the finding is about one
 * @param date the day, if the finding is about one
 * @param subject what is wrong: the name of a column or a few words
 * @param found the value that is there
 * @param expected the value that should be there, or a few words about it
 */
public record Finding(
    Invariant invariant,
    OptionalLong itemId,
    OptionalLong moveNo,
    Optional<LocalDate> date,
    String subject,
    String found,
    String expected) {

  static Finding ofItem(
      Invariant invariant, long itemId, String subject, Object found, Object expected) {
    return new Finding(
        invariant,
        OptionalLong.of(itemId),
        OptionalLong.empty(),
        Optional.empty(),
        subject,
        String.valueOf(found),
        String.valueOf(expected));
  }

  static Finding ofMove(
      Invariant invariant,
      long itemId,
      long moveNo,
      String subject,
      Object found,
      Object expected) {
    return new Finding(
        invariant,
        OptionalLong.of(itemId),
        OptionalLong.of(moveNo),
        Optional.empty(),
        subject,
        String.valueOf(found),
        String.valueOf(expected));
  }

  static Finding ofDay(
      Invariant invariant,
      long itemId,
      LocalDate date,
      String subject,
      Object found,
      Object expected) {
    return new Finding(
        invariant,
        OptionalLong.of(itemId),
        OptionalLong.empty(),
        Optional.of(date),
        subject,
        String.valueOf(found),
        String.valueOf(expected));
  }

  static Finding ofHold(Invariant invariant, String subject, Object found, Object expected) {
    return new Finding(
        invariant,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        subject,
        String.valueOf(found),
        String.valueOf(expected));
  }
}
