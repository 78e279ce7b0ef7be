package io.stockledger.cli.connection;

import io.stockledger.text.PrintableText;

/**
 * A value that is in force, and where it came from.
 *
 * @param origin the option, the environment variable, the line of a file, or "default"
 */
public record Setting(ConfigurationKey key, String value, Source source, String origin) {

  /** Where values come from. */
  public enum Source {
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
    return source.isFile() ? "'" + key.word() + "' in " + origin : origin;
  }

  /** Names the line of a file, which the reader of a message may not have in mind. */
  String inFile() {
    return source.isFile() ? " (" + PrintableText.printable(origin) + ")" : "";
  }

  @Override
  public String toString() {
    return key + " from " + origin; // Never the value, which may be a password.
  }
}
