package io.stockledger.ledger.transfer.lines;

import io.stockledger.ledger.rule.RequestLine;
import java.time.LocalDate;

/**
 * The values of a line of a file of moves.
 *
 * @param lineNo which line of its request it is: 1, 2, 3 …
 * @param note empty if it has none
 */
record MoveLine(int lineNo, LocalDate date, RequestLine move, String note) {}
