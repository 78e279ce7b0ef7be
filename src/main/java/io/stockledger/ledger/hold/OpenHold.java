package io.stockledger.ledger.hold;

import io.stockledger.ledger.rule.Request;
import java.time.LocalDateTime;

/**
 * A hold that has no end yet.
 *
 * @param request its moves, which remove the units that are held
 * @param expiresAt in UTC
 * @param isOverdue whether its time is over, by the server's clock
 */
public record OpenHold(Request request, LocalDateTime expiresAt, boolean isOverdue) {}
