package io.stockledger.proxy;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The conditions that select a rule's commands: the arguments of {@link FaultProxy#when}. Text is
 * compared without regard to case.
 */
public final class Match {
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Match() {}

  /**
   * Matches a statement that is run, as text or prepared, and contains these whole words: {@code
   * COMMIT} is not in {@code SET autocommit=1}. Any run of white space equals one space.
   * Connector/J runs statements of its own when it connects, the first of which is a SELECT.
   */
  public static Predicate<Recorded> statement(String words) {
    Pattern pattern = words(words);
    return recorded -> recorded.kind().runsStatement() && pattern.matcher(recorded.text()).find();
  }

  /**
   * Matches a command that carries the text of a statement, to run or to prepare it, and contains
   * these whole words.
   */
  public static Predicate<Recorded> sentText(String words) {
    Pattern pattern = words(words);
    return command(CommandKind.QUERY)
        .or(command(CommandKind.STMT_PREPARE))
        .and(recorded -> pattern.matcher(recorded.text()).find());
  }

  /** Matches a command of this kind. */
  public static Predicate<Recorded> command(CommandKind kind) {
    return recorded -> recorded.kind() == kind;
  }

  /** Matches a client that connects. */
  public static Predicate<Recorded> connecting() {
    return command(CommandKind.CONNECT);
  }

  /**
   * Matches the n-th command since {@link FaultProxy#resetPoints}, counted from 1; connecting
   * counts as one.
   */
  public static Predicate<Recorded> point(long number) {
    return recorded -> recorded.point() == number;
  }

  private static Pattern words(String words) {
    String spaced =
        SPACES.splitAsStream(words.strip()).map(Pattern::quote).collect(Collectors.joining("\\s+"));
    return Pattern.compile("(?<!\\w)" + spaced + "(?!\\w)", Pattern.CASE_INSENSITIVE);
  }
}
