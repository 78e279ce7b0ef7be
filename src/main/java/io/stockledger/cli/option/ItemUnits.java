package io.stockledger.cli.option;

import io.stockledger.db.Database;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.text.PrintableText;
import java.util.List;
import java.util.Map;
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

  private static boolean isNumber(String text) {
    return text.matches("[0-9]+");
  }

  /**
   * Returns the item's number.
   *
   * @param numbers of the items that are named by their codes; 1 for any other code
   */
  public long itemId(Map<String, Long> numbers) {
    return isNumber(item) ? Long.parseLong(item) : numbers.getOrDefault(item, 1L);
  }

  /**
   * Looks up the numbers of the items that are named by their codes, by code.
   *
   * @throws io.stockledger.ledger.UnknownItemException if no item has a code
   */
  public static Map<String, Long> numbers(List<ItemUnits> all, Database database) {
    List<String> codes = all.stream().map(ItemUnits::item).filter(item -> !isNumber(item)).toList();
    return codes.isEmpty() ? Map.of() : new ItemRepository(database).idsOf(codes);
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
