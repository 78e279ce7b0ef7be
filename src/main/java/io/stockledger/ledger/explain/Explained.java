package io.stockledger.ledger.explain;

import java.util.List;

/**
 * What the database does with a statement.
 *
 * @param statement what the statement is for
 * @param summary how the tables are read, or why the plan can't be judged
 * @param plan the whole plan, line by line
 */
public record Explained(String statement, Judgement judgement, String summary, List<String> plan) {

  /** Whether the plan is the one to expect. */
  public enum Judgement {
    OK("ok"),
    /** So few rows that the optimizer may as well read all of them. */
    TOO_FEW_ROWS("few rows"),
    /** Expected on TiFlash, which has no copy of the tables. */
    NO_COPY("no copy"),
    /** The database knew while planning that no row matches, so it shows no way of reading. */
    NO_ROWS("no rows"),
    NOT_AS_EXPECTED("NOT OK"),
    /**
     * The answer of EXPLAIN has a form or words that are not known: nothing is said of the plan.
     */
    NOT_UNDERSTOOD("UNKNOWN");

    private final String word;

    Judgement(String word) {
      this.word = word;
    }

    /** Whether the plan is as expected, or can't be judged by the rows that there are. */
    boolean isAccepted() {
      return this != NOT_AS_EXPECTED && this != NOT_UNDERSTOOD;
    }

    /** Returns the word for a person. */
    public String word() {
      return word;
    }
  }
}
