package io.stockledger.stream.operation;

import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.count.CountRepository;
import io.stockledger.ledger.hold.HoldRepository;

/** What an operation that is done by itself may ask. */
public record Repositories(StockRepository moves, HoldRepository holds, CountRepository counts) {}
