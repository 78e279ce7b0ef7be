package io.stockledger.cli.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line of {@code stock shell}. Quotes and backslashes mean what they mean to a shell
 * such as bash; # at the beginning of a word begins a comment. No other character is special.
 */
final class ShellWords {
  private static final char NONE = 0;

  /** In double quotes, a backslash before any other character is a character itself. */
  private static final String ESCAPED_IN_DOUBLE_QUOTES = "\"\\$`";

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private char quote = NONE;
  private int position;

  private ShellWords(String line) {
    this.line = line;
  }

  /**
   * Returns the words; none for an empty line and for a comment.
   *
   * @throws IllegalArgumentException if a quote is not closed or nothing follows a backslash
   */
  static List<String> of(String line) {
    return new ShellWords(line).split();
  }

  private List<String> split() {
    for (position = 0; position < line.length(); position++) {
      char character = line.charAt(position);
      if (quote == NONE && !inWord && character == '#') {
        break;
      }
      if (quote == NONE) {
        unquoted(character);
      } else {
        quoted(character);
      }
    }
    if (quote != NONE) {
      throw new IllegalArgumentException("The quote " + quote + " is not closed.");
    }
    endWord();
    return List.copyOf(words);
  }

  private void unquoted(char character) {
    if (Character.isWhitespace(character)) {
      endWord();
      return;
    }
    inWord = true;
    switch (character) {
      case '\'', '"' -> quote = character;
      case '\\' -> word.append(next());
      default -> word.append(character);
    }
  }

  private void quoted(char character) {
    if (character == quote) {
      quote = NONE;
    } else if (quote == '"' && character == '\\') {
      char escaped = next();
      word.append(ESCAPED_IN_DOUBLE_QUOTES.indexOf(escaped) >= 0 ? "" : "\\").append(escaped);
    } else {
      word.append(character);
    }
  }

  private char next() {
    position++;
    if (position == line.length()) {
      throw new IllegalArgumentException("Nothing follows the last backslash.");
    }
    return line.charAt(position);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
