package io.stockledger.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The numbers of several items, in the order in which they were asked for. */
public record ItemIds(List<Long> numbers) {
  /** MariaDB and TiDB plan each item of a query, so a query has a bounded number of them. */
  static final int MOST = 100;

  /** For picocli's trace, which asks for it always: a record's own takes 6 ms the first time. */
  @Override
  public String toString() {
    return numbers.toString();
  }

  /** The converter from numbers with commas between. */
  public static final class Converter implements ITypeConverter<ItemIds> {
    @Override
    public ItemIds convert(String value) {
      Converters.WholeNumber number = new Converters.WholeNumber();
      List<Long> numbers = new ArrayList<>();
      for (String word : value.split(",", -1)) {
        numbers.add(number.convert(word));
      }
      if (numbers.size() > MOST) {
        throw new TypeConversionException(
            "it names " + numbers.size() + " items; at most " + MOST + ".");
      }
      return new ItemIds(List.copyOf(numbers));
    }
  }
}
