package io.stockledger.ledger.rule;

import java.util.Optional;

/**
 * An item of which a request removes more than there is.
 *
 * @param available the lowest stock at the end of any day from the day of the request on, before
 *     the request
 * @param required the units that the lines of the item need: the lowest sum of the first of these
 *     lines, as a positive number. For one removal these are its units.
 * @param limit the later days that have this stock, if the day of the request itself has more
 */
public record Shortage(long itemId, long available, long required, Optional<LaterLimit> limit) {}
