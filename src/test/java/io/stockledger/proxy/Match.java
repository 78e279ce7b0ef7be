package io.stockledger.proxy;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which commands a rule is for, for {@link FaultProxy#when}. Text is compared without case. */
public final class Match {
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Match() {}

  /**
   * A statement being run, as text or prepared, with these whole words in it: {@code COMMIT} is not
   * in {@code SET autocommit=1}. Any white space is one space. Beware that Connector/J has
   * statements of its own when it connects, the first of which is a SELECT.
   */
  public static Predicate<Recorded> statement(String words) {
    Pattern pattern = words(words);
    return recorded -> recorded.kind().runsStatement() && pattern.matcher(recorded.text()).find();
  }

  /** The same of a statement whose text is being sent: to be run or to be prepared. */
  public static Predicate<Recorded> sentText(String words) {
    Pattern pattern = words(words);
    return command(CommandKind.QUERY)
        .or(command(CommandKind.STMT_PREPARE))
        .and(recorded -> pattern.matcher(recorded.text()).find());
  }

  /** A command of this kind. */
  public static Predicate<Recorded> command(CommandKind kind) {
    return recorded -> recorded.kind() == kind;
  }

  /** A client that connects. */
  public static Predicate<Recorded> connecting() {
    return command(CommandKind.CONNECT);
  }

  /** The n-th command, from 1, since the proxy's points were last reset; connecting is one too. */
  public static Predicate<Recorded> point(long number) {
    return recorded -> recorded.point() == number;
  }

  private static Pattern words(String words) {
    String spaced =
        SPACES.splitAsStream(words.strip()).map(Pattern::quote).collect(Collectors.joining("\\s+"));
    return Pattern.compile("(?<!\\w)" + spaced + "(?!\\w)", Pattern.CASE_INSENSITIVE);
  }
}
