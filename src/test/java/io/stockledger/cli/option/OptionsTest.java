package io.stockledger.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.StockCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** The options and parameters of all commands. */
final class OptionsTest {
  /** What {@code Main} leaves out of picocli's converters. */
  @Test
  void noOptionNeedsAConverterOfPicocliThatMainLeavesOut() {
    List<ArgSpec> arguments = new ArrayList<>();
    for (CommandLine command : StockCommand.model().getSubcommands().values()) {
      arguments.addAll(command.getCommandSpec().args());
    }
    assertThat(arguments).hasSizeGreaterThan(100);
    assertThat(arguments)
        .filteredOn(argument -> argument.converters().length == 0)
        .extracting(argument -> argument.auxiliaryTypes()[0])
        .containsOnly(String.class, boolean.class);
  }
}
