package io.stockledger.ledger.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Random files of moves with lines of every kind. */
public final class ImportFiles {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  /** A line of a file of moves. */
  public record Line(long itemId, LocalDate date, long quantity, String requestId) {
    private String csv() {
      return itemId + "," + date + "," + quantity + "," + requestId;
    }
  }

  private ImportFiles() {}

  /**
   * Returns lines of the items from 1 on: late, dated ahead, of unknown items, refused.
   *
   * @param repeats whether some lines have the request id of an earlier one
   */
  public static List<Line> lines(Random random, int count, int items, boolean repeats) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(100);
      if (kind < 4 && repeats && !lines.isEmpty()) {
        lines.add(lines.get(random.nextInt(lines.size())));
      } else if (kind < 6 && repeats && !lines.isEmpty()) {
        Line old = lines.get(random.nextInt(lines.size()));
        lines.add(new Line(1 + random.nextInt(items), DAY, 1, old.requestId()));
      } else {
        long itemId = kind == 7 ? items + 1L : 1 + random.nextInt(items);
        int daysOff = random.nextInt(4) == 0 ? random.nextInt(9) - 4 : 0;
        LocalDate date = DAY.plusDays(i * 20L / count + daysOff);
        long quantity = random.nextInt(2) == 0 ? 1 + random.nextInt(9) : -1 - random.nextInt(9);
        lines.add(new Line(itemId, date, quantity, "r" + i));
      }
    }
    return lines;
  }

  /** Writes a file with a header. */
  public static Path write(Path file, List<Line> lines) throws IOException {
    return Files.writeString(
        file,
        lines.stream()
            .map(Line::csv)
            .collect(Collectors.joining("\n", "item_id,date,quantity,request_id\n", "\n")));
  }

  /** Returns the options of a plain run. */
  public static MoveImport.Options plain() {
    return new MoveImport.Options(
        Optional.empty(), Optional.empty(), false, LocalDate.now(ZoneId.systemDefault()));
  }
}
