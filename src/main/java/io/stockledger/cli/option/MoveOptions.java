package io.stockledger.cli.option;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.text.RandomUuid;
import io.stockledger.text.Today;
import picocli.CommandLine.Model.CommandSpec;

/** The options of a move. */
public final class MoveOptions {
  private static final String UNITS = "How many units, at least 1.";

  private final ItemArgument item;

  private final DayOption day;

  private final Value<Long> quantity;

  private final Value<String> requestId;

  private final NoteOption note;

  private final DryRunOption dryRun;

  private final CommandSpec spec;

  /** Makes the options of a command that names item and units by options. */
  public MoveOptions(Options options) {
    this(
        options,
        new ItemOption(options),
        new DayOption(options),
        options.required("--quantity", "UNITS", Long.class, new Converters.WholeNumber(), UNITS));
  }

  /**
   * Makes the options of a short form, whose parameters are the item and the units.
   *
   * @param longForm the command that names both by options
   */
  public static MoveOptions ofShortForm(Options options, String longForm) {
    return new MoveOptions(
        options,
        new ItemParameter(options, longForm),
        new DayOption(options),
        options.secondNumber("UNITS", UNITS));
  }

  private MoveOptions(Options options, ItemArgument item, DayOption day, Value<Long> quantity) {
    this.item = item;
    this.day = day;
    this.quantity = quantity;
    spec = options.command();
    requestId =
        options.text(
            "--request-id",
            "ID",
            "The name of this request: a request that is sent again with the same id is made once."
                + " Default: a new id.");
    note = new NoteOption(options);
    dryRun = new DryRunOption(options);
  }

  /** Refuses wrong values, before a connection is opened. */
  public void check() {
    item.checkIsGiven();
    try {
      new MoveRequest(1, quantity.get(), day.date(), requestId.orElse("unnamed"), note.text())
          .refuseIfTooFarAhead(Today.date());
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }

  /** Returns the request, with the number of the item that its code names. */
  public MoveRequest request(Database database) {
    return new MoveRequest(
        item.find(database).orElseThrow(),
        quantity.get(),
        day.date(),
        requestId.isGiven() ? requestId.get() : RandomUuid.next(),
        note.text());
  }

  /** Whether the request has an id that the user does not know yet. */
  public boolean makesRequestId() {
    return !requestId.isGiven();
  }

  public StockRepository ledger(Database database) {
    return dryRun.ledger(database);
  }

  public boolean isDryRun() {
    return dryRun.isDryRun();
  }
}
