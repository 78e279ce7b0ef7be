package io.stockledger.cli;

/** The exit statuses: one table for all commands. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILURE = 1;
  public static final int USAGE = 2;
  public static final int REFUSED = 3;
  public static final int FINDINGS = 4;
  public static final int UNREACHABLE = 5;

  private ExitCode() {}
}
