package io.stockledger.ledger.transfer.lines;

import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.text.PrintableText;
import java.util.regex.Pattern;

/** The request ids that are made from the name of a file and the numbers of its lines. */
public final class FileIds {
  /** More lines than any file has. */
  public static final long LAST_LINE = 999_999_999_999L;

  private static final int DIGITS = 12;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,51}");

  private FileIds() {}

  /**
   * Checks the name of a file.
   *
   * @throws InvalidValueException if no request id can be made from it
   */
  public static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidValueException(
          "file id",
          PrintableText.quoted(name)
              + " is not a file id: 1 to 51 of the letters A-Z and a-z, digits and . _ -");
    }
  }

  /** Returns the id of a request by its first line. The ids of a file sort as its lines do. */
  public static String id(String name, long line) {
    String number = Long.toString(line);
    return name + ":" + "0".repeat(Math.max(0, DIGITS - number.length())) + number;
  }

  /** Returns the number of the line that has an id; the last one for an id of another form. */
  public static long line(String name, String id) {
    String number = id.substring(name.length() + 1);
    return number.matches("[0-9]{" + DIGITS + "}") ? Long.parseLong(number) : LAST_LINE;
  }
}
