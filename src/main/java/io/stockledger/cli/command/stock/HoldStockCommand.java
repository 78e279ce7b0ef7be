package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DayOption;
import io.stockledger.cli.option.DryRunOption;
import io.stockledger.cli.option.HoldTimeConverter;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.ItemUnits;
import io.stockledger.cli.option.NoteOption;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Times;
import io.stockledger.cli.words.HoldWords;
import io.stockledger.db.Database;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.hold.Holding;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.text.RandomUuid;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;

/** Holds units for some time: for a customer who is paying. */
public final class HoldStockCommand extends Subcommand {
  private final ItemOption item = new ItemOption(options);

  private final Value<Long> quantity =
      options.number("--quantity", "UNITS", "How many units of the item to hold, at least 1.");

  private final Value<List<ItemUnits>> moves =
      options.moves(
          false,
          "--move",
          "In place of an item and a quantity: an item, by its number or its code, and the units to"
              + " hold of it (2). Give it once per item, at most "
              + Request.MOST_LINES
              + " times. Digits only are a number.");

  private final Value<Duration> expiresIn =
      options.required(
          "--expires-in",
          "TIME",
          Duration.class,
          new HoldTimeConverter(),
          "How long the units are held if nobody ends the hold: 90s, 15m, 2h or 3d.");

  private final DayOption day = new DayOption(options);

  private final Value<String> requestId =
      options.text(
          "--request-id",
          "ID",
          "The name of this hold, by which it is committed or released. Sent again, it is made once"
              + " and keeps its time. Default: a new id.");

  private final NoteOption note = new NoteOption(options);
  private final DryRunOption dryRun = new DryRunOption(options);

  public HoldStockCommand(CommandContext context) {
    super(
        context,
        "hold-stock",
        "Hold units for some time, all of them or none: they are removed, until commit-hold sells"
            + " them or release-hold gives them back.");
    exitStatus(
        "0:the units are held, now or by an earlier sending of the same request",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:insufficient stock, unknown item, or request id of another request",
        ExitCode.UNREACHABLE_LINE);
    example("stock hold-stock --move 101=2 --expires-in 15m --request-id cart-7");
  }

  @Override
  public Integer call() {
    checkItems();
    // Before a connection is opened.
    request(requestId.orElse("unnamed"), moves.isGiven() ? lines(Map.of()) : lines(1));
    try (Database database = context.open(1)) {
      List<RequestLine> lines =
          moves.isGiven()
              ? lines(ItemUnits.numbers(moves.get(), database))
              : lines(item.find(database).orElseThrow());
      return hold(
          request(requestId.isGiven() ? requestId.get() : RandomUuid.next(), lines), database);
    }
  }

  private void checkItems() {
    boolean isOne = item.isGiven() || quantity.isGiven();
    if (moves.isGiven() == isOne) {
      throw new ParameterException(
          spec.commandLine(), "Give an item and --quantity, or --move for each item.");
    }
    if (moves.isGiven() && moves.get().stream().anyMatch(units -> units.increment() < 0)) {
      throw InvalidOption.of(spec, "--move", "the units to hold must be at least 1.");
    }
    if (isOne) {
      item.checkIsGiven();
      if (!quantity.isGiven()) {
        throw new ParameterException(
            spec.commandLine(), "Missing required option: '--quantity=UNITS'");
      }
    }
  }

  private List<RequestLine> lines(Map<String, Long> numbers) {
    return moves.get().stream()
        .map(move -> new RequestLine(move.itemId(numbers), -move.increment()))
        .toList();
  }

  private List<RequestLine> lines(long itemId) {
    return List.of(new RequestLine(itemId, -quantity.get()));
  }

  private Request request(String id, List<RequestLine> lines) {
    Purpose purpose = new Purpose.Hold(new Purpose.ExpiresIn(expiresIn.get()));
    Request request = new Request(id, day.date(), note.text(), lines, purpose);
    try {
      request.check();
      request.refuseIfTooFarAhead();
      return request;
    } catch (InvalidValueException e) {
      throw switch (e.subject()) {
        case "date", "request id", "note" -> InvalidOption.of(spec, e);
        case "time of a hold" -> InvalidOption.of(spec, "--expires-in", e.sentence());
        default -> InvalidOption.of(spec, "--move", e.sentence());
      };
    }
  }

  private int hold(Request request, Database database) {
    MoveReport report = new MoveReport(context, database, dryRun.isDryRun());
    Holding holding = new HoldRepository(database, dryRun.ledger(database)).hold(request);
    if (holding instanceof Holding.Insufficient refused) {
      return report.refused(
          request, new Posting.Insufficient(refused.shortages()), "Failed to hold stock");
    }
    if (holding instanceof Holding.Held held) {
      show(request, held.isRepeated(), Optional.of(held.expiresAt()));
      return report.afterResult(request, held.isRepeated());
    }
    show(request, false, Optional.empty());
    ItemNames.tell(context, database, request);
    return ExitCode.DONE;
  }

  private void show(Request request, boolean isRepeated, Optional<LocalDateTime> expiresAt) {
    String what =
        request.lines().stream()
            .map(line -> -line.increment() + " units of item " + line.itemId())
            .collect(Collectors.joining(", "));
    context
        .output()
        .result(
            HoldWords.held(request, isRepeated, dryRun.isDryRun(), expiresAt),
            expiresAt
                .map(
                    time ->
                        "Held %s until %s (request id %s)."
                            .formatted(
                                what, Times.text(time.toInstant(ZoneOffset.UTC)), request.id()))
                .orElse("Would hold %s (request id %s).".formatted(what, request.id())));
  }
}
