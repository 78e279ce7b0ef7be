package io.stockledger.cli;

import io.stockledger.cli.connection.ConnectionOptions;
import io.stockledger.cli.option.Options;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The usage of a command: its own options first and required ones marked, then the options of the
 * connection and those that all commands share. The root command lists the others in groups.
 */
final class UsageHelp extends Help {
  private static final char REQUIRED = '*';

  UsageHelp(CommandSpec command, ColorScheme colors) {
    super(command, colors);
    command.usageMessage().requiredOptionMarker(REQUIRED);
  }

  /** Whether an option belongs to the command alone. */
  static boolean isOwn(OptionSpec option) {
    return !ConnectionOptions.haveOption(option) && !isCommon(option);
  }

  /** Whether all commands have the option. */
  static boolean isCommon(OptionSpec option) {
    return !ConnectionOptions.haveOption(option)
        && (option.scopeType() == ScopeType.INHERIT || option.usageHelp() || option.versionHelp());
  }

  @Override
  public String optionListHeading(Object... parameters) {
    List<OptionSpec> own = shown(UsageHelp::isOwn);
    if (own.isEmpty()) {
      return "";
    }
    return createHeading(
        own.stream().anyMatch(option -> option.required())
            ? "%nOptions (" + REQUIRED + " is required):%n"
            : "%nOptions:%n");
  }

  @Override
  public String optionList() {
    return list(shown(UsageHelp::isOwn))
        + createHeading("%nConnection:%n")
        + list(shown(ConnectionOptions::haveOption))
        + createHeading("%nOptions of all commands:%n")
        + list(shown(UsageHelp::isCommon));
  }

  private String list(List<OptionSpec> options) {
    return optionListExcludingGroups(
        options, createDefaultLayout(), null, parameterLabelRenderer());
  }

  /** Returns the options of a kind, required ones first, otherwise in the order of the code. */
  private List<OptionSpec> shown(Predicate<OptionSpec> kind) {
    return commandSpec().options().stream()
        .filter(option -> !option.hidden())
        .filter(kind)
        .sorted(Comparator.comparing((OptionSpec option) -> !option.required()))
        .toList();
  }

  @Override
  protected Text createDetailedSynopsisOptionsText(
      Collection<ArgSpec> done, Comparator<OptionSpec> sort, boolean clusterBooleanOptions) {
    return createDetailedSynopsisOptionsText(done, shown(UsageHelp::isOwn), null, false)
        .concat(" [OPTIONS]");
  }

  @Override
  public String commandListHeading(Object... parameters) {
    return "";
  }

  @Override
  public String commandList() {
    StringBuilder groups = new StringBuilder();
    for (CommandGroup group : CommandGroup.values()) {
      Map<String, Help> commands = new LinkedHashMap<>(subcommands());
      commands.keySet().removeIf(name -> Commands.group(name) != group);
      if (!commands.isEmpty()) {
        groups.append(createHeading("%n" + group.heading() + ":%n")).append(commandList(commands));
      }
    }
    return groups.toString();
  }

  @Override
  public IParamLabelRenderer parameterLabelRenderer() {
    IParamLabelRenderer labels = super.parameterLabelRenderer();
    return new IParamLabelRenderer() {
      @Override
      public Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<IStyle> styles) {
        return argument.paramLabel().equals(Options.NO_LABEL)
            ? ansi.text("")
            : labels.renderParameterLabel(argument, ansi, styles);
      }

      @Override
      public String separator() {
        return labels.separator();
      }
    };
  }
}
