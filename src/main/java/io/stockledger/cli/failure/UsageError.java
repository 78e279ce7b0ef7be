package io.stockledger.cli.failure;

import io.stockledger.text.PrintableText;
import io.stockledger.text.Suggestions;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The sentences about arguments that picocli refuses. Only a command that is refused loads it. */
final class UsageError {
  /**
   * An option's name without what may be a value, as in {@code --word=value} and {@code -wvalue}.
   */
  private static final Pattern OPTION = Pattern.compile("--[\\w-]*|-[^-]?");

  /**
   * picocli's message when an option is in the place of a value; the option may contain a value.
   */
  private static final Pattern FOUND =
      Pattern.compile("(?s)(Expected parameter .* but found )'(--[\\w-]*|-[^-]?).*");

  /** picocli's words for a parameter, whose place its label tells already. */
  private static final Pattern PARAMETER =
      Pattern.compile("^Invalid value for positional parameter at index \\d+ \\((\\w+)\\)");

  private UsageError() {}

  /**
   * Returns the sentence. Only the converters of this package repeat a value, because any other
   * value may be a secret.
   */
  static String sentence(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), error.getCommandLine().getCommandSpec());
    }
    if (error instanceof MissingParameterException missing) {
      // An unknown word may be a misspelt option, which is then the one that is missing.
      Optional<String> unknown = unmatched(missing.getCommandLine());
      if (unknown.isPresent()) {
        return unknown.get();
      }
    }
    if (error instanceof OverwrittenOptionException twice) {
      return "Option " + name(twice.getOverwritten()) + " is given more than once.";
    }
    if (error instanceof MissingParameterException) {
      Matcher found = FOUND.matcher(error.getMessage());
      return found.matches()
          ? found.group(1) + PrintableText.quoted(found.group(2))
          : error.getMessage();
    }
    if (error.getArgSpec() != null && error.getArgSpec().typeInfo().isBoolean()) {
      return "Option " + name(error.getArgSpec()) + " takes no value.";
    }
    return PARAMETER.matcher(error.getMessage()).replaceFirst("Invalid value for $1");
  }

  /** Returns the sentence about the first word that neither the command nor its parents know. */
  private static Optional<String> unmatched(CommandLine commandLine) {
    for (CommandLine known = commandLine; known != null; known = known.getParent()) {
      if (!known.getUnmatchedArguments().isEmpty()) {
        return Optional.of(unmatched(known.getUnmatchedArguments().get(0), known.getCommandSpec()));
      }
    }
    return Optional.empty();
  }

  private static String unmatched(String argument, CommandSpec command) {
    Matcher option = OPTION.matcher(argument);
    if (option.lookingAt()) {
      String question =
          Suggestions.question(option.group(), command.optionsMap().keySet().stream());
      return "Unknown option: "
          + PrintableText.quoted(option.group())
          + (question.isEmpty() ? "" : "." + question);
    }
    if (command.subcommands().isEmpty()) {
      return "Unexpected argument: " + PrintableText.quoted(argument);
    }
    String question = Suggestions.question(argument, command.subcommands().keySet().stream());
    return "Unknown command: "
        + PrintableText.quoted(argument)
        + "."
        + (question.isEmpty()
            ? " The commands are: " + String.join(", ", command.subcommands().keySet()) + "."
            : question);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? PrintableText.quoted(option.longestName())
        : argument.paramLabel();
  }
}
