package io.stockledger.db;

/** A property in the database URL that the URL may not set. */
public final class RefusedPropertyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String property;

  RefusedPropertyException(String property) {
    super("The database URL must not hold '" + property + "'.");
    this.property = property;
  }

  /** The driver's name of the property. */
  public String property() {
    return property;
  }
}
