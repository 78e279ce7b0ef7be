package io.stockledger.ledger.verify;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A closing that does not count all moves dated up to its day, because some were appended after it.
 *
 * @param moveNo how many moves of the item it counts
 * @param sum its closing stock as stored
 * @param counted the sum of the moves that it counts, without late moves dated before its day
 * @param knowsOthers whether {@code counted} includes all other moves that the closing counts;
 *     false only if a book_date is damaged
 */
record StaleClosing(
    long itemId,
    LocalDate date,
    long moveNo,
    BigDecimal sum,
    BigDecimal counted,
    boolean knowsOthers) {}
