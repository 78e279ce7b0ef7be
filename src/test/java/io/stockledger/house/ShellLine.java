package io.stockledger.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line of a console block, split into words as bash splits it. It may have quotes,
 * backslashes, {@code </dev/null} or the name of another file for stdin and, at its end, {@code ;
 * echo $?}; everything else that bash would not pass on as it is, such as a variable or a pipe, is
 * refused.
 *
 * @param words the command and its arguments
 * @param input the file that is its stdin
 * @param showsStatus whether the exit status is printed after the command's output
 */
record ShellLine(List<String> words, Path input, boolean showsStatus) {
  private static final String ECHO_STATUS = "; echo $?";
  private static final Path NO_INPUT = Path.of("/dev/null");
  private static final Pattern INPUT = Pattern.compile("(.*) <([A-Za-z0-9/.-]+)");

  /** Characters that mean something to bash where they are not quoted. */
  private static final String SPECIAL = "$`|&;<>()*?[]{}~#!=";

  /**
   * @throws IllegalArgumentException if the line has something that can't be run here
   */
  static ShellLine parse(String line) {
    boolean showsStatus = line.endsWith(ECHO_STATUS);
    String command = showsStatus ? line.substring(0, line.length() - ECHO_STATUS.length()) : line;
    Matcher withInput = INPUT.matcher(command);
    return withInput.matches()
        ? new ShellLine(
            new Splitter(withInput.group(1)).words(), Path.of(withInput.group(2)), showsStatus)
        : new ShellLine(new Splitter(command).words(), NO_INPUT, showsStatus);
  }

  /** One pass over the characters of a command. */
  private static final class Splitter {
    private static final char NONE = 0;

    private final String command;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote = NONE;
    private int position;

    Splitter(String command) {
      this.command = command;
    }

    List<String> words() {
      for (position = 0; position < command.length(); position++) {
        char character = command.charAt(position);
        if (quote == NONE) {
          unquoted(character);
        } else {
          quoted(character);
        }
      }
      if (quote != NONE) {
        throw new IllegalArgumentException("A quote is not closed: " + command);
      }
      endWord();
      return List.copyOf(words);
    }

    private void unquoted(char character) {
      if (character == ' ') {
        endWord();
        return;
      }
      boolean startsWord = !inWord;
      inWord = true;
      switch (character) {
        case '\'', '"' -> quote = character;
        case '\\' -> word.append(next());
        default -> {
          // In a word, = and # are characters like others: --date=2025-09-19.
          boolean plainInWord = !startsWord && "=#~!".indexOf(character) >= 0;
          if (SPECIAL.indexOf(character) >= 0 && !plainInWord) {
            throw refused(character);
          }
          word.append(character);
        }
      }
    }

    private void quoted(char character) {
      if (character == quote) {
        quote = NONE;
      } else if (quote == '"' && (character == '$' || character == '`')) {
        throw refused(character);
      } else if (quote == '"' && character == '\\') {
        char escaped = next();
        // In double quotes a backslash is a character like others before any but these.
        word.append("\"\\$`".indexOf(escaped) >= 0 ? "" : "\\").append(escaped);
      } else {
        word.append(character);
      }
    }

    private char next() {
      position++;
      if (position == command.length()) {
        throw new IllegalArgumentException("Nothing follows the last backslash: " + command);
      }
      return command.charAt(position);
    }

    private void endWord() {
      if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }

    private IllegalArgumentException refused(char character) {
      return new IllegalArgumentException(
          "This test can't run a command with an unquoted " + character + ": " + command);
    }
  }
}
