package io.stockledger.cli;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The usage of a command, without labels for values that would be refused. */
final class UsageHelp extends Help {
  /** The label, never shown, of an option that accepts a value only to refuse it. */
  static final String NO_LABEL = "NOTHING";

  UsageHelp(CommandSpec command, ColorScheme colors) {
    super(command, colors);
  }

  @Override
  public IParamLabelRenderer parameterLabelRenderer() {
    IParamLabelRenderer labels = super.parameterLabelRenderer();
    return new IParamLabelRenderer() {
      @Override
      public Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<IStyle> styles) {
        return argument.paramLabel().equals(NO_LABEL)
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
