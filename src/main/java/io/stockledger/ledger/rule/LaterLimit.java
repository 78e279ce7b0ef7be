package io.stockledger.ledger.rule;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The later days that limit a removal: at their end the stock is lower than at the end of the
 * removal's own day.
 *
 * @param stockOfDay the stock at the end of the removal's own day; a BIGINT may not hold it
 * @param from the first day that has the lowest stock
 * @param until the last day without a gap that has it; empty if no move is dated after that
 */
public record LaterLimit(BigDecimal stockOfDay, LocalDate from, Optional<LocalDate> until) {}
