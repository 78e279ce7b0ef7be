package io.stockledger.ledger.explain;

import static io.stockledger.ledger.explain.PlannedStatement.read;
import static io.stockledger.ledger.explain.PlannedStatement.write;

import io.stockledger.ledger.CountStatements;
import io.stockledger.ledger.ItemStatements;
import io.stockledger.ledger.RequestStatements;
import io.stockledger.ledger.StockStatements;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.ClosingStatements;
import io.stockledger.ledger.closing.ClosingsOfItem;
import io.stockledger.ledger.closing.DayReader;
import io.stockledger.ledger.closing.DueReader;
import io.stockledger.ledger.closing.ItemHistory;
import io.stockledger.ledger.closing.ListStatements;
import io.stockledger.ledger.closing.SpanReader;
import io.stockledger.ledger.explain.PlannedStatement.Access;
import io.stockledger.ledger.move.MoveRepository;
import java.time.LocalDate;
import java.util.List;

/** The statements whose plans matter, with the plans to expect. sql/plans.sql gives the reasons. */
final class LedgerStatements {
  private static final String MOVES = "stock_moves";
  private static final String CLOSINGS = "stock_moves_history";
  private static final String ITEM_MOVE = "item_move";
  private static final String ITEM_DATE = "item_date";
  private static final String REQUEST = "request";
  private static final String PRIMARY = "PRIMARY";
  private static final long ALL_ITEMS = Long.MAX_VALUE;
  private static final long PAGE = 5_000;

  private LedgerStatements() {}

  /** Returns the statements with the values of a move. */
  static List<PlannedStatement> with(ExampleMove move) {
    long item = move.itemId();
    LocalDate day = move.day();
    LocalDate dayBefore = day.minusDays(1);
    return List.of(
        read(
            "latest move",
            ItemStatements.LATEST_MOVE,
            List.of(item, item),
            Access.by(MOVES, ITEM_MOVE)),
        write(
            "removal",
            StockStatements.APPEND_REMOVAL,
            List.of(-1, day, 1, day, "explain", "", item, 1, day),
            Access.by(MOVES, ITEM_MOVE)),
        write(
            "addition",
            StockStatements.APPEND_ADDITION,
            List.of(1, day, 1, day, day, "explain", "", item, item),
            Access.by(MOVES, ITEM_MOVE)),
        read(
            "stock of an earlier day",
            StockStatements.INCREMENTS_AFTER_DAY,
            List.of(item, dayBefore, move.moveNo()),
            Access.by(MOVES, ITEM_DATE)),
        read(
            "stock of several items",
            StockStatements.STOCK_AT_DAY,
            List.of(item, item, day, item),
            Access.by(MOVES, ITEM_MOVE, ITEM_DATE)),
        read(
            "request",
            RequestStatements.FIRST_LINES,
            List.of(move.requestId()),
            Access.by(MOVES, REQUEST)),
        read(
            "list-moves",
            MoveRepository.MOVES_AFTER,
            List.of(item, 0, item, item, PAGE),
            Access.by(MOVES, ITEM_MOVE)),
        read(
            "latest moves of several items",
            ItemStatements.LATEST_MOVES,
            List.of(item),
            Access.by(MOVES, ITEM_MOVE)),
        read(
            "request of several lines",
            RequestStatements.ALL_LINES,
            List.of(move.requestId()),
            Access.by(MOVES, REQUEST)),
        read(
            "later days",
            ItemStatements.LATER_DAYS,
            List.of(item, dayBefore, move.moveNo()),
            Access.by(MOVES, ITEM_DATE)),
        read(
            "count: moves at numbers",
            CountStatements.MOVES_AT_NUMBERS,
            List.of(item, move.moveNo()),
            Access.by(MOVES, ITEM_MOVE)),
        read(
            "late move: closings of the item",
            ClosingsOfItem.CLOSINGS_OF_ITEM,
            List.of(item, dayBefore),
            Access.by(CLOSINGS, PRIMARY)),
        read(
            "run-batch: next moves",
            ClosingStatements.NEXT_MOVES,
            List.of(item, move.moveNo()),
            Access.by(MOVES, ITEM_MOVE)),
        read(
            "chart",
            ItemHistory.MOVES_BY_DAY,
            List.of(dayBefore, item, day),
            Access.by(MOVES, ITEM_DATE)),
        read(
            "run-batch: a day",
            DayReader.MOVES_OF_DAY,
            List.of(day, day, day, 0, ALL_ITEMS, day),
            Access.onTiflash(MOVES, PRIMARY, ITEM_DATE)),
        read(
            "run-batch: a span of days",
            SpanReader.MOVES_OF_SPAN,
            List.of(day, 0, ALL_ITEMS),
            Access.onTiflash(MOVES, PRIMARY, ITEM_DATE)),
        read(
            "run-batch: closings that are due",
            DueReader.DAYS_AND_CLOSINGS,
            List.of(0, ALL_ITEMS),
            Access.onTiflash("moved", PRIMARY, ITEM_DATE),
            Access.onTiflash("closing", PRIMARY)),
        read(
            "run-batch: stocks of due items",
            DueReader.STOCKS_AFTER_NUMBERS,
            List.of(item, move.moveNo()),
            Access.by(MOVES, ITEM_MOVE)),
        read(
            "run-batch: days of due items",
            DueReader.DAYS_OF_ITEMS,
            List.of(item, day, move.moveNo()),
            Access.by(MOVES, ITEM_DATE)),
        read(
            "daily-summary",
            ClosingRepository.MOVEMENTS_OF_DAY,
            List.of(day, day),
            Access.onTiflash(MOVES, PRIMARY, ITEM_DATE)),
        read(
            "list-stock",
            ListStatements.STOCK_OF_ITEMS,
            List.of(0, ALL_ITEMS, day, day, 0, ALL_ITEMS, 0, ALL_ITEMS),
            Access.onTiflash(MOVES, PRIMARY, ITEM_MOVE, ITEM_DATE)));
  }
}
