package io.stockledger.cli.option;

import io.stockledger.db.Database;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.text.Blanks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * The codes of several items, in the order in which they were asked for, or one code.
 *
 * @param whole as it was given
 * @param codes what its commas separate; the whole alone if nothing is between two of them
 */
record ItemCodes(String whole, List<String> codes) {
  /** For picocli's trace, as in {@link ItemIds}. */
  @Override
  public String toString() {
    return whole;
  }

  /**
   * Looks the codes up, and the whole with them: by one statement, so that all are of one moment.
   *
   * @throws ParameterException if the whole is the code of an item, and each of its parts too
   */
  ItemsArgument.Found find(CommandSpec spec, Database database) {
    ItemRepository items = new ItemRepository(database);
    List<String> asked = Stream.concat(Stream.of(whole), codes.stream()).distinct().toList();
    Map<String, Long> known = items.knownIdsOf(asked);
    boolean isOne = codes.size() == 1 || known.containsKey(whole);
    if (isOne && codes.size() > 1 && known.keySet().containsAll(codes)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is the code of an item, and its parts are codes of items too. Use --item-id."
              .formatted(whole));
    }
    return ItemsArgument.Found.of(isOne ? List.of(whole) : codes, known, items);
  }

  /** The converter from codes with commas between. */
  static final class Converter implements ITypeConverter<ItemCodes> {
    @Override
    public ItemCodes convert(String value) {
      List<String> codes = List.of(value.split(",", -1));
      if (codes.size() > ItemIds.MOST) {
        throw new TypeConversionException(
            "it names " + codes.size() + " items; at most " + ItemIds.MOST + ".");
      }
      boolean isList = codes.stream().noneMatch(code -> Blanks.strip(code).isEmpty());
      return new ItemCodes(value, isList ? codes : List.of(value));
    }
  }
}
