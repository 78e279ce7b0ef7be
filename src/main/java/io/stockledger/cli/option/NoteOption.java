package io.stockledger.cli.option;

import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.Request;
import picocli.CommandLine.Model.CommandSpec;

/** The option for the note of a request. */
public final class NoteOption {
  private final Value<String> note;
  private final CommandSpec spec;

  public NoteOption(Options options) {
    spec = options.command();
    note =
        options.text(
            "--note",
            "TEXT",
            "A remark that is stored with the moves, at most "
                + Request.LONGEST_NOTE
                + " characters. Sent again with another note, the first one stays.");
  }

  public boolean isGiven() {
    return note.isGiven();
  }

  /** Returns the note; empty if there is none. Refuses a wrong one. */
  public String text() {
    String text = note.orElse("");
    try {
      Request.checkNote(text);
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
    return text;
  }
}
