package io.stockledger.db;

/** A property of the driver that the database URL or a data source may not set. */
public final class RefusedPropertyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String property;

  RefusedPropertyException(String property) {
    this(property, "The database URL must not hold '" + property + "'.");
  }

  RefusedPropertyException(String property, String sentence) {
    super(sentence);
    this.property = property;
  }

  /** The driver's name of the property. */
  public String property() {
    return property;
  }
}
