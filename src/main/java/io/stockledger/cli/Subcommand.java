package io.stockledger.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/** A command below {@code stock}: its words, and what it does. */
abstract class Subcommand implements Callable<Integer> {
  final StockCommand stock;
  final CommandSpec spec;

  /** Options are shown in the order in which the fields of the command add them. */
  final Options options;

  Subcommand(StockCommand stock, String name, String... description) {
    this.stock = stock;
    spec = CommandSpec.wrapWithoutInspection(this).name(name);
    spec.usageMessage().description(description);
    options = new Options(spec, ScopeType.LOCAL);
  }

  /** Sets the lines of the usage about exit statuses, as status, colon and meaning. */
  final void exitStatus(String... lines) {
    spec.usageMessage().exitCodeList(UsageMessageSpec.keyValuesMap(lines));
  }

  /** Sets the example of the usage. */
  final void example(String line) {
    spec.usageMessage().footer("  " + line);
  }
}
