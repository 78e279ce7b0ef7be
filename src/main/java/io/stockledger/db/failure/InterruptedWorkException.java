package io.stockledger.db.failure;

/**
 * The work was told to stop ({@code Database.interrupt}). Its last statement did not begin or was
 * stopped, so that statement changed nothing.
 */
public final class InterruptedWorkException extends KnownException {
  private static final long serialVersionUID = 1;

  public InterruptedWorkException(Throwable cause) {
    super("interrupted", "interrupted", cause);
  }
}
