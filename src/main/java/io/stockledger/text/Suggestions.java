package io.stockledger.text;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the known names that a mistyped one may stand for. */
public final class Suggestions {
  private static final int MOST = 3;

  /** Shorter words, such as -p, resemble too much. */
  private static final int LEAST_LETTERS = 3;

  private static final int LONGEST_NAME = 64;

  private Suggestions() {}

  /**
   * Returns a question such as {@code " Did you mean get-stock?"} with a space before it; empty if
   * no known name resembles the word. The word is not repeated.
   */
  public static String question(String word, Stream<String> names) {
    return question(similar(word, names));
  }

  /** Returns the same question about names that are found already. */
  public static String question(List<String> similar) {
    return similar.isEmpty() ? "" : " Did you mean " + String.join(" or ", similar) + "?";
  }

  /** Returns the known names that the word resembles, the nearest first. */
  public static List<String> similar(String word, Stream<String> names) {
    if (word.length() > LONGEST_NAME
        || word.chars().filter(Character::isLetterOrDigit).count() < LEAST_LETTERS) {
      return List.of();
    }
    String typed = word.toLowerCase(Locale.ROOT);
    return names
        .distinct()
        // A word that is known is not misspelt, but in the wrong place.
        .filter(name -> !name.equals(word))
        .filter(name -> isSimilar(typed, name))
        .sorted(Comparator.comparingInt((String name) -> distance(typed, name)))
        .limit(MOST)
        .collect(Collectors.toUnmodifiableList());
  }

  private static boolean isSimilar(String typed, String name) {
    return name.startsWith(typed) || distance(typed, name) <= Math.max(1, name.length() / 4);
  }

  /**
   * Returns how many letters must be inserted, deleted, replaced or swapped with their neighbour to
   * turn one word into the other (the optimal string alignment distance).
   */
  static int distance(String from, String to) {
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
        least = Math.min(least, steps[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          least = Math.min(least, steps[i - 2][j - 2] + 1);
        }
        steps[i][j] = least;
      }
    }
    return steps[from.length()][to.length()];
  }
}
