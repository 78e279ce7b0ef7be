package io.stockledger.ledger.transfer;

import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
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

  /**
   * Returns requests of one to four lines of the items from 1 on: late, dated ahead, of unknown
   * items, refused.
   *
   * @param groups a request has items of one group only, so that requests of different groups are
   *     not connected
   */
  public static List<Request> requests(Random random, int count, int items, int groups) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int daysOff = random.nextInt(4) == 0 ? random.nextInt(9) - 4 : 0;
      int group = random.nextInt(groups);
      List<RequestLine> lines = new ArrayList<>();
      for (int left = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(4); left > 0; left--) {
        long itemId =
            random.nextInt(200) == 0
                ? items + 1L
                : 1 + group + groups * (long) random.nextInt(items / groups);
        long units = 1L + random.nextInt(9);
        lines.add(new RequestLine(itemId, random.nextInt(2) == 0 ? units : -units));
      }
      String note = random.nextInt(4) == 0 ? "note " + i : "";
      requests.add(new Request("r" + i, DAY.plusDays(i * 20L / count + daysOff), note, lines));
    }
    return requests;
  }

  /** Writes a file of requests, with a column for the number of the line. */
  public static Path writeRequests(Path file, List<Request> requests) throws IOException {
    StringBuilder text = new StringBuilder("item_id,date,quantity,request_id,line,note\n");
    for (Request request : requests) {
      for (int i = 0; i < request.lines().size(); i++) {
        RequestLine line = request.lines().get(i);
        text.append(
            "%s,%s,%s,%s,%s,%s\n"
                .formatted(
                    line.itemId(),
                    request.date(),
                    line.increment(),
                    request.id(),
                    i + 1,
                    request.note()));
      }
    }
    return Files.writeString(file, text);
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
