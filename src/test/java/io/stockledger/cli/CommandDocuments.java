package io.stockledger.cli;

import io.stockledger.cli.command.setup.CompletionScript;
import io.stockledger.cli.connection.ConnectionOptions;
import io.stockledger.cli.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes, in the build, what is made from the words of the commands: a manual page per command in
 * AsciiDoc, and the completion script.
 */
public final class CommandDocuments {
  private CommandDocuments() {}

  /**
   * Writes the files.
   *
   * @param arguments the folder of the manual pages, the completion script, and the version
   */
  public static void main(String[] arguments) throws IOException {
    Path pages = Files.createDirectories(Path.of(arguments[0]));
    Path script = Path.of(arguments[1]);
    Files.createDirectories(script.getParent());
    Files.writeString(script, CompletionScript.of(StockCommand.model()));

    CommandLine words = StockCommand.model();
    arrange(words.getCommandSpec(), arguments[2]);
    words.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(command -> arrange(command, arguments[2]));
    int failed =
        ManPageGenerator.generateManPage(
            pages.toFile(), null, new boolean[0], true, words.getCommandSpec());
    if (failed != 0) {
      throw new IOException("The manual pages were not written: " + failed);
    }
    ManualPages.complete(pages, words.getSubcommands().keySet());
  }

  /** Puts the options of the connection and of all commands under headings, as the help does. */
  private static void arrange(CommandSpec command, String version) {
    command.version("stock " + version);
    command
        .usageMessage()
        .customSynopsis(synopsis(command))
        // In the order in which the help shows them.
        .sortOptions(false)
        .exitCodeListHeading("Exit status")
        .footerHeading("Example");
    group(command, "Connection", ConnectionOptions::haveOption);
    group(command, "Options of all commands", UsageHelp::isCommon);
  }

  private static String synopsis(CommandSpec command) {
    return new UsageHelp(command, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0).strip();
  }

  private static void group(CommandSpec command, String heading, Predicate<OptionSpec> kind) {
    List<OptionSpec> options = command.options().stream().filter(kind).toList();
    options.forEach(command::remove);
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).heading(heading).order(command.argGroups().size());
    options.forEach(option -> group.addArg(ownCopy(option)));
    command.addArgGroup(group.build());
  }

  /** An option of the command alone: picocli would hand an inherited one on to subcommands. */
  private static OptionSpec ownCopy(OptionSpec option) {
    OptionSpec.Builder copy =
        OptionSpec.builder(option).scopeType(ScopeType.LOCAL).inherited(false);
    if (option.paramLabel().equals(Options.NO_LABEL)) {
      copy.arity("0");
    }
    return copy.build();
  }
}
