package io.stockledger.cli.option;

import io.stockledger.text.PrintableText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --move} names: an item and the units to add to it or to remove from it.
 *
 * @param item its number, or its code if it does not consist of digits only
 * @param increment units to add, or, negative, to remove; never 0
 */
public record ItemUnits(String item, long increment) {
  private static final String FORM = " is not ITEM=UNITS, such as 101=-2 or SAKE-101=+5.";

  /** Whether the item is named by its number. */
  public boolean isNumber() {
    return isNumber(item);
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]+");
  }

  /** Returns the item's number if it is named by it. */
  public long itemId() {
    return Long.parseLong(item);
  }

  /** Reads ITEM=UNITS. The units come after the last equals sign, because a code may have one. */
  static final class Converter implements ITypeConverter<ItemUnits> {
    @Override
    public ItemUnits convert(String value) {
      int equals = value.lastIndexOf('=');
      String units = value.substring(equals + 1).strip();
      String item = equals < 0 ? "" : value.substring(0, equals).strip();
      if (item.isEmpty() || !units.matches("[+-]?[0-9]+")) {
        throw new TypeConversionException(PrintableText.quoted(value) + FORM);
      }
      return new ItemUnits(item, number(units, value));
    }

    private static long number(String units, String value) {
      try {
        long increment = Long.parseLong(units);
        if (increment == 0 || increment == Long.MIN_VALUE) {
          throw new TypeConversionException(
              PrintableText.quoted(value) + " moves " + units + " units.");
        }
        return increment;
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            PrintableText.quoted(value) + " moves more than " + Long.MAX_VALUE + " units.");
      }
    }
  }
}
