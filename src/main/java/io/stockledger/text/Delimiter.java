package io.stockledger.text;

import java.util.Optional;

/** What is between the values of a CSV file. */
public enum Delimiter {
  COMMA(',', "','"),
  SEMICOLON(';', "';'"),
  TAB('\t', "tab");

  private final char character;
  private final String asTyped;

  Delimiter(char character, String asTyped) {
    this.character = character;
    this.asTyped = asTyped;
  }

  public char character() {
    return character;
  }

  /** Returns it as a person types it in a shell, which would obey a semicolon. */
  public String asTyped() {
    return asTyped;
  }

  /** Returns the delimiter that a word names: itself, {@code tab} or {@code \t}. */
  public static Optional<Delimiter> of(String word) {
    return switch (word) {
      case "," -> Optional.of(COMMA);
      case ";" -> Optional.of(SEMICOLON);
      case "tab", "\\t", "\t" -> Optional.of(TAB);
      default -> Optional.empty();
    };
  }
}
