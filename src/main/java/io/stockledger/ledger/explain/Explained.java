package io.stockledger.ledger.explain;

import java.util.List;

/**
 * What the database does with a statement.
 *
 * @param statement what the statement is for
 * @param summary how the tables are read, or why the plan can't be judged
 * @param plan the whole plan, line by line
 */
public record Explained(String statement, Verdict verdict, String summary, List<String> plan) {

  /** Whether the plan is the one to expect. */
  public enum Verdict {
    OK("ok"),
    /** So few rows that the optimizer may as well read all of them. */
    TOO_FEW_ROWS("few rows"),
    /** Expected on TiFlash, which has no copy of the tables. */
    NO_COPY("no copy"),
    NOT_AS_EXPECTED("NOT OK");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** Returns the verdict for a person. */
    public String word() {
      return word;
    }
  }
}
