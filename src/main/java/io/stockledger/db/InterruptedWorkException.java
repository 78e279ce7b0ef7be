package io.stockledger.db;

/**
 * The work was told to stop ({@link Database#interrupt}). Its last statement did not begin or was
 * stopped, so that statement changed nothing.
 */
public final class InterruptedWorkException extends StockException {
  private static final long serialVersionUID = 1;

  InterruptedWorkException(Throwable cause) {
    super(Kind.INTERRUPTED, "interrupted", cause);
  }
}
