package io.stockledger.benchmark;

import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;

/** The files that {@code stock import} and {@code stock add-item --file} read. */
final class MovesCsv {
  private MovesCsv() {}

  /** Writes moves, one per line. */
  static void writeMoves(Iterator<Move> moves, Writer file) throws IOException {
    file.write("item_id,date,quantity,request_id\n");
    while (moves.hasNext()) {
      Move move = moves.next();
      file.write(
          move.itemId()
              + ","
              + move.date()
              + ","
              + move.increment()
              + ","
              + move.requestId()
              + "\n");
    }
  }

  /** Writes the items of a plan with so many items, one per line. */
  static void writeItems(int items, Writer file) throws IOException {
    file.write("item_id,item_code,name\n");
    for (long itemId = SalesPlan.FIRST_ITEM; itemId < SalesPlan.FIRST_ITEM + items; itemId++) {
      file.write(itemId + ",ITEM-" + itemId + ",Item " + itemId + "\n");
    }
  }
}
