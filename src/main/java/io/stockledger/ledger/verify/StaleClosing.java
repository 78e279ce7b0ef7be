package io.stockledger.ledger.verify;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A closing that moves dated before its day came after, so that it is not the sum of all that is
 * dated up to its day.
 *
 * @param moveNo it is to be the sum of what is dated up to its day among so many first moves
 * @param sum what it says
 * @param counted the part of it without late moves dated before its day
 * @param knowsOthers whether {@code counted} has every other move: so it is unless a book_date is
 *     damaged
 */
record StaleClosing(
    long itemId,
    LocalDate date,
    long moveNo,
    BigDecimal sum,
    BigDecimal counted,
    boolean knowsOthers) {}
