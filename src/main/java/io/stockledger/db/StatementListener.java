package io.stockledger.db;

/** Is told of each statement that was sent, when its answer is there or its error. */
@FunctionalInterface
public interface StatementListener {
  /**
   * Takes a statement.
   *
   * @param sql the text with a {@code ?} in place of each value, so that it holds no secret
   * @param nanos how long the answer took; of a result that is streamed, its first rows
   */
  void executed(String sql, long nanos);
}
