package io.stockledger.text.table;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * An aligned table for a person: texts to the left, numbers to the right. Its columns never become
 * narrower, so that a long table can be written in parts.
 */
public final class TextTable {
  private static final String BETWEEN = "  ";

  private final List<Integer> widths = new ArrayList<>();
  private final List<Boolean> textColumns;

  /**
   * Makes a table without lines.
   *
   * @param textColumns for each column whether it has texts
   */
  public TextTable(List<Boolean> textColumns) {
    this.textColumns = List.copyOf(textColumns);
    textColumns.forEach(column -> widths.add(0));
  }

  /** Returns some lines of the table, each of which has a cell for each column. */
  public List<String> lines(List<List<String>> rows) {
    for (List<String> cells : rows) {
      for (int i = 0; i < cells.size(); i++) {
        widths.set(i, Math.max(widths.get(i), width(cells.get(i))));
      }
    }
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(widths.get(i) - width(cell));
      line.append(i == 0 ? "" : BETWEEN)
          .append(textColumns.get(i) ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }

  /** Returns how many columns of a terminal a text takes: a Chinese character takes two. */
  private static int width(String text) {
    return text.codePoints().map(point -> Math.max(0, WCWidth.wcwidth(point))).sum();
  }
}
