package io.stockledger.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown document of the project, taken apart: its fenced blocks, and outside of these its
 * headings and its links.
 *
 * @param prose the lines of the document, those of fenced blocks empty
 */
record Markdown(Path file, List<String> prose, List<Fence> fences) {
  private static final Pattern FENCE = Pattern.compile("\\s*(?:```|~~~)\\s*(.*?)\\s*");
  private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");

  /**
   * A fenced block.
   *
   * @param line the number of the line that opens it, from 1
   * @param language what follows the opening backticks
   */
  record Fence(int line, String language, List<String> lines) {}

  /** The target of a link, in the line with that number. */
  record Link(int line, String target) {}

  static Markdown read(Path file) throws IOException {
    List<String> prose = new ArrayList<>();
    List<Fence> fences = new ArrayList<>();
    Fence open = null;
    for (String line : Files.readAllLines(file)) {
      Matcher fence = FENCE.matcher(line);
      boolean isFence = fence.matches();
      if (open != null && isFence) {
        fences.add(open);
        open = null;
      } else if (open != null) {
        open.lines().add(line);
      } else if (isFence) {
        open = new Fence(prose.size() + 1, fence.group(1), new ArrayList<>());
      }
      prose.add(open != null || isFence ? "" : line);
    }
    if (open != null) {
      throw new IllegalStateException(file + ", line " + open.line() + ": no end of the block");
    }
    return new Markdown(file, List.copyOf(prose), List.copyOf(fences));
  }

  /** The anchors of the headings, made as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> timesSeen = new HashMap<>();
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor =
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = timesSeen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < prose.size(); i++) {
      Matcher link = LINK.matcher(INLINE_CODE.matcher(prose.get(i)).replaceAll("code"));
      while (link.find()) {
        links.add(new Link(i + 1, link.group(1)));
      }
    }
    return links;
  }
}
