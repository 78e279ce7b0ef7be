package io.stockledger.cli.command;

import io.stockledger.cli.option.Options;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/** A command below {@code stock}: its words, and what it does. */
public abstract class Subcommand implements Callable<Integer> {
  public final CommandContext context;
  public final CommandSpec spec;

  /** Options are shown in the order in which the fields of the command add them. */
  public final Options options;

  public Subcommand(CommandContext context, String name, String... description) {
    this.context = context;
    spec = CommandSpec.wrapWithoutInspection(this).name(name);
    spec.usageMessage().description(description);
    options = new Options(spec, ScopeType.LOCAL);
  }

  /** Returns the words of the command. */
  public final CommandSpec spec() {
    return spec;
  }

  /** Sets the lines of the usage about exit statuses, as status, colon and meaning. */
  protected final void exitStatus(String... lines) {
    spec.usageMessage().exitCodeList(UsageMessageSpec.keyValuesMap(lines));
  }

  /** Sets the example of the usage. */
  protected final void example(String line) {
    spec.usageMessage().footer("  " + line);
  }
}
