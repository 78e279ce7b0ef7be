package io.stockledger.ledger;

import java.time.LocalDate;

/**
 * Where an item's ledger ends.
 *
 * @param moveNo the number of its latest move; 0 before the first
 * @param stockAfter the sum of its increments up to that move
 * @param bookDate the latest date of its moves; {@link LocalDate#MIN} before the first
 */
record LatestMove(long itemId, long moveNo, long stockAfter, LocalDate bookDate) {}
