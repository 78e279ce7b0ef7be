package io.stockledger.cli.connection;

/**
 * A value that is in force, and where it came from.
 *
 * @param origin the option, the environment variable, the line of a file, or "default"
 */
public record Setting(ConfigurationKey key, String value, Place place, String origin) {

  /** The places where values come from. */
  public enum Place {
    OPTION,
    ENVIRONMENT,
    /** The file in the working directory. */
    FOLDERS_FILE,
    /** The file in the home directory. */
    USERS_FILE,
    DEFAULT;

    boolean isFile() {
      return this == FOLDERS_FILE || this == USERS_FILE;
    }
  }

  /** Returns the words with which a sentence names the value. */
  String subject() {
    return place.isFile() ? "'" + key.word() + "' in " + origin : origin;
  }

  @Override
  public String toString() {
    return key + " from " + origin; // Never the value, which may be a password.
  }
}
