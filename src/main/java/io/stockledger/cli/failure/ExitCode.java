package io.stockledger.cli.failure;

/** The exit statuses: one table for all commands. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILURE = 1;
  public static final int USAGE = 2;
  public static final int REFUSED = 3;
  public static final int FINDINGS = 4;
  public static final int UNREACHABLE = 5;

  /** The statuses that mean the same for every command, as its help lists them. */
  public static final String FAILURE_LINE = FAILURE + ":failure";

  public static final String USAGE_LINE =
      USAGE + ":wrong usage, wrong settings of the connection, or no privilege; nothing was done";

  /** For a command that needs no database. */
  public static final String USAGE_ALONE_LINE = USAGE + ":wrong usage; nothing was done";

  public static final String UNREACHABLE_LINE = UNREACHABLE + ":database not reachable";

  private ExitCode() {}
}
