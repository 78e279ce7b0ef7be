package io.stockledger.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Finished rows of stock_moves, in files for LOAD DATA: the moves with the number, the stock and
 * the book date that the ledger would give them.
 */
final class FinishedRows {
  private record Latest(long moveNo, long stock, LocalDate bookDate) {
    private static final Latest NONE = new Latest(0, 0, LocalDate.MIN);

    Latest followedBy(Move move) {
      return new Latest(
          moveNo + 1,
          Math.addExact(stock, move.increment()),
          move.date().isAfter(bookDate) ? move.date() : bookDate);
    }
  }

  private FinishedRows() {}

  /**
   * Writes the rows of moves that the ledger refuses none of.
   *
   * @param rowsOfAFile how many rows a file has at most
   * @return the files, in the order of the moves
   */
  static List<Path> write(Iterator<Move> moves, Path folder, int rowsOfAFile) throws IOException {
    Map<Long, Latest> items = new HashMap<>();
    List<Path> files = new ArrayList<>();
    while (moves.hasNext()) {
      Path file = folder.resolve("rows-" + (files.size() + 1) + ".tsv");
      files.add(file);
      try (BufferedWriter writer = Files.newBufferedWriter(file)) {
        for (int row = 0; row < rowsOfAFile && moves.hasNext(); row++) {
          Move move = moves.next();
          Latest latest = items.getOrDefault(move.itemId(), Latest.NONE).followedBy(move);
          items.put(move.itemId(), latest);
          writer.write(line(move, latest));
        }
      }
    }
    return files;
  }

  private static String line(Move move, Latest latest) {
    return move.itemId()
        + "\t"
        + move.increment()
        + "\t"
        + move.date()
        + "\t"
        + latest.moveNo()
        + "\t"
        + latest.stock()
        + "\t"
        + latest.bookDate()
        + "\t"
        + move.requestId()
        + "\n";
  }
}
