package io.stockledger.ledger.transfer;

import io.stockledger.db.Database;
import io.stockledger.db.WriteWatch;
import io.stockledger.file.CsvColumns;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.file.CsvHeader;
import io.stockledger.file.CsvLine;
import io.stockledger.file.CsvReading;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.item.Item;
import io.stockledger.ledger.item.ItemPlan;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.item.NextNumbers;
import io.stockledger.ledger.item.UnnumberedItem;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.transfer.lines.ItemColumn;
import io.stockledger.ledger.transfer.lines.MoveLineParser;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import io.stockledger.text.Blanks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The import of a file of items. Each line is what one registration is; the same file again changes
 * nothing.
 */
public final class ItemImport {
  private static final int LINES_OF_A_STATEMENT = 2_000;

  private static final String NAME = "name";

  private static final CsvHeader HEADER =
      new CsvHeader(List.of(), List.of(ItemColumn.ITEM_CODE, NAME), List.of(ItemColumn.ITEM_ID));

  private final ItemRepository repository;
  private final NextNumbers numbers;
  private final ItemPlan plan;
  private final CsvFile file;
  private final Options options;
  private final boolean hasNumbers;
  private final ImportListener listener;
  private final RejectionReport report;

  /** Codes that lines have registered, or would. */
  private final Set<String> registeredCodes = new HashSet<>();

  private final WriteWatch watch = new WriteWatch();
  private long lastLineDone;
  private long lines;
  private long registered;
  private long registeredBefore;
  private long rejected;

  /**
   * What to do with a file.
   *
   * @param rejects where lines go that are not registered
   * @param isDryRun whether to decide all lines and change nothing
   */
  public record Options(Optional<RejectsFile> rejects, boolean isDryRun) {}

  public ItemImport(Database database, CsvFile file, Options options, ImportListener listener) {
    this.repository = new ItemRepository(database);
    this.numbers = new NextNumbers(database);
    this.plan = new ItemPlan(database);
    this.file = file;
    this.options = options;
    this.hasNumbers = file.columns().contains(ItemColumn.ITEM_ID);
    this.listener = listener;
    this.report = new RejectionReport(database, options.rejects(), listener);
  }

  /**
   * Opens a file of items.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile open(Path path, CsvFormat format) {
    return CsvFile.open(path, HEADER, format);
  }

  /**
   * Reads a stream of items to its end.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile copyOf(InputStream in, CsvFormat format) {
    return CsvFile.copyOf(in, HEADER, format);
  }

  /**
   * A line and its item.
   *
   * @param item empty if the line is faulty
   * @param itemId empty if the file names no numbers, or the line is faulty
   */
  private record ItemLine(
      CsvLine line, Optional<UnnumberedItem> item, OptionalLong itemId, String fault) {

    Item numbered() {
      return item.orElseThrow().at(itemId.orElseThrow());
    }
  }

  /**
   * Imports the file.
   *
   * @throws InvalidFileException if it can't be read to its end; nothing was written
   * @throws ImportIncompleteException if it stopped in the middle; any other failure means that
   *     nothing was written
   */
  public ImportSummary run() {
    try {
      listener.started(count());
      register();
    } catch (IOException e) {
      throw new InvalidFileException("The file could not be read: " + e.getMessage(), e);
    }
    return new ImportSummary(lines, registered, registeredBefore, rejected, 0);
  }

  private void register() throws IOException {
    try (CsvReading reading = file.read()) {
      List<ItemLine> part = read(reading);
      while (!part.isEmpty()) {
        ImportStoppedException.throwIfStopped(listener);
        register(part);
        part = read(reading);
      }
    } catch (IOException | RuntimeException e) {
      if (options.isDryRun() || (lastLineDone == 0 && !watch.mayHaveChanged())) {
        throw e;
      }
      throw new ImportIncompleteException(lastLineDone, e);
    }
  }

  private long count() throws IOException {
    long count = 0;
    try (CsvReading reading = file.read()) {
      while (reading.next().isPresent()) {
        count++;
      }
    }
    return count;
  }

  private List<ItemLine> read(CsvReading reading) throws IOException {
    List<ItemLine> part = new ArrayList<>();
    while (part.size() < LINES_OF_A_STATEMENT) {
      Optional<CsvLine> line = reading.next();
      if (line.isEmpty()) {
        break;
      }
      part.add(itemLine(line.get()));
    }
    return part;
  }

  private ItemLine itemLine(CsvLine line) {
    try {
      CsvColumns columns = file.columns();
      MoveLineParser.checkCount(columns, line);
      OptionalLong itemId =
          hasNumbers
              ? OptionalLong.of(number(columns.value(line, ItemColumn.ITEM_ID)))
              : OptionalLong.empty();
      ItemLine parsed =
          new ItemLine(
              line,
              Optional.of(
                  new UnnumberedItem(
                      Blanks.strip(columns.value(line, ItemColumn.ITEM_CODE)),
                      Blanks.strip(columns.value(line, NAME)))),
              itemId,
              "");
      if (hasNumbers) {
        // It may be out of range.
        parsed.numbered();
      }
      return parsed;
    } catch (InvalidValueException e) {
      return new ItemLine(line, Optional.empty(), OptionalLong.empty(), e.getMessage());
    }
  }

  private static long number(String text) {
    if (text.isEmpty()) {
      throw new InvalidValueException(
          "item id", "it is empty. Without this column each item gets the next number.");
    }
    return MoveLineParser.number("item id", text);
  }

  private void register(List<ItemLine> part) {
    List<ItemLine> valid = part.stream().filter(line -> line.item().isPresent()).toList();
    Map<String, Long> before = repository.knownIdsOf(codes(valid));
    List<Optional<RegisteredItem>> others =
        valid.isEmpty() ? List.of() : hasNumbers ? others(valid) : othersOfCodes(valid);
    List<Rejection> rejections = new ArrayList<>();
    int index = 0;
    for (ItemLine line : part) {
      if (line.item().isEmpty()) {
        rejections.add(rejection(line, new RejectionReason.Faulty(line.fault())));
      } else {
        Optional<RegisteredItem> other = others.get(index++);
        other.ifPresentOrElse(
            item -> rejections.add(rejection(line, new RejectionReason.ItemExists(item))),
            () -> count(line.item().orElseThrow(), before.keySet()));
      }
    }
    if (!options.isDryRun()) {
      // The next part finds them in the ledger.
      registeredCodes.clear();
    }
    lines += part.size();
    rejected += rejections.size();
    report.add(rejections);
    lastLineDone = part.get(part.size() - 1).line().number();
    listener.advanced(part.size());
    listener.doneUpTo(lastLineDone);
  }

  private static List<String> codes(List<ItemLine> part) {
    return part.stream()
        .flatMap(line -> line.item().stream())
        .map(UnnumberedItem::itemCode)
        .toList();
  }

  /** Counts an item; another line of the same file may have registered it. */
  private void count(UnnumberedItem item, Set<String> before) {
    if (before.contains(item.itemCode()) || !registeredCodes.add(item.itemCode())) {
      registeredBefore++;
    } else {
      registered++;
    }
  }

  private List<Optional<RegisteredItem>> others(List<ItemLine> part) {
    List<Item> items = part.stream().map(ItemLine::numbered).toList();
    return options.isDryRun() ? plan.addAll(items) : repository.addAll(items, watch);
  }

  /** Returns for each line the item that has its code and another name. */
  private List<Optional<RegisteredItem>> othersOfCodes(List<ItemLine> part) {
    List<UnnumberedItem> items = part.stream().flatMap(line -> line.item().stream()).toList();
    List<RegisteredItem> numbered =
        options.isDryRun()
            ? plan.addAllNumbered(items)
            : numbers.addAll(items, watch).stream().map(NextNumbers.Numbered::item).toList();
    List<Optional<RegisteredItem>> others = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      others.add(
          items.get(i).isSameAs(numbered.get(i)) ? Optional.empty() : Optional.of(numbered.get(i)));
    }
    return others;
  }

  private static Rejection rejection(ItemLine line, RejectionReason reason) {
    return new Rejection(line.line().number(), line.line().fields(), "", reason);
  }
}
