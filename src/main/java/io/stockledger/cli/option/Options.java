package io.stockledger.cli.option;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * Adds options and parameters to a command, by picocli's programmatic API (its user manual, "Using
 * the programmatic API"). picocli could read them from annotations, but for each kind of annotation
 * Java makes a class at run time, which takes a sixth of a short command's time.
 */
public final class Options {
  /** The label, never shown, of an option that accepts a value only to refuse it. */
  public static final String NO_LABEL = "NOTHING";

  /** What names stdin in the place of a file. */
  public static final Path STDIN = Path.of("-");

  private final CommandSpec command;
  private final ScopeType scope;
  private final Optional<ArgGroupSpec.Builder> alternatives;

  /**
   * Makes the options of a command.
   *
   * @param scope whether the subcommands have the options too
   */
  public Options(CommandSpec command, ScopeType scope) {
    this(command, scope, Optional.empty());
  }

  private Options(
      CommandSpec command, ScopeType scope, Optional<ArgGroupSpec.Builder> alternatives) {
    this.command = command;
    this.scope = scope;
    this.alternatives = alternatives;
  }

  /** Begins options of which only one may be given; {@link #addAlternatives} adds them. */
  public Options alternatives() {
    return new Options(command, scope, Optional.of(ArgGroupSpec.builder()));
  }

  public void addAlternatives() {
    command.addArgGroup(alternatives.orElseThrow().build());
  }

  /** Returns the command, for an error about its arguments. */
  public CommandSpec command() {
    return command;
  }

  /** Adds an option without a value. */
  public Value<Boolean> flag(String name, String description) {
    return flag(OptionSpec.builder(name), description);
  }

  /** Adds an option without a value that has two names. */
  public Value<Boolean> flag(String shortName, String name, String description) {
    return flag(OptionSpec.builder(shortName, name), description);
  }

  private Value<Boolean> flag(OptionSpec.Builder builder, String description) {
    OptionSpec option =
        builder
            .type(boolean.class)
            .scopeType(scope)
            .description(description)
            .initialValue(false)
            .build();
    // picocli sets the initial value when it reads arguments; an error before that asks too.
    option.setValue(false);
    return add(option);
  }

  /** Adds an option whose value is a text. */
  public Value<String> text(String name, String label, String description) {
    return add(option(name, label, description).type(String.class).build());
  }

  /** Adds an option whose value is the path of a file, which Tab completes. */
  public Value<Path> file(String name, String description) {
    return add(
        option(name, "FILE", description)
            .type(File.class)
            .converters(new Converters.FilePath())
            .build());
  }

  /** Adds an option whose value is a whole number of at least 1. */
  public Value<Long> number(String name, String label, String description) {
    return value(name, label, Long.class, new Converters.WholeNumber(), description);
  }

  /**
   * Adds an option whose value is a whole number of at least 1, with a default; in the description
   * ${DEFAULT-VALUE} stands for it.
   */
  public Value<Long> number(long byDefault, String name, String label, String description) {
    return withDefault(
        String.valueOf(byDefault),
        name,
        label,
        Long.class,
        new Converters.WholeNumber(),
        description);
  }

  /** Adds an option whose value is a whole number of at least 0. */
  public Value<Long> numberOrZero(String name, String label, String description) {
    return value(name, label, Long.class, new Converters.WholeNumberOrZero(), description);
  }

  /** Adds an option whose value is a day. */
  public Value<LocalDate> day(String name, String description) {
    return value(name, "DATE", LocalDate.class, new Converters.Day(), description);
  }

  /** Adds an option whose value is a time limit in seconds. */
  public Value<Duration> seconds(String name, String description) {
    return value(name, "SECONDS", Duration.class, new Converters.Seconds(), description);
  }

  /** Adds an option whose value is converted. */
  public <T> Value<T> value(
      String name, String label, Class<T> type, ITypeConverter<T> converter, String description) {
    return add(option(name, label, description).type(type).converters(converter).build());
  }

  /** Adds an option that must be given. */
  public <T> Value<T> required(
      String name, String label, Class<T> type, ITypeConverter<T> converter, String description) {
    return add(
        option(name, label, description).type(type).converters(converter).required(true).build());
  }

  /** Adds an option with a default; in the description ${DEFAULT-VALUE} stands for it. */
  public <T> Value<T> withDefault(
      String byDefault,
      String name,
      String label,
      Class<T> type,
      ITypeConverter<T> converter,
      String description) {
    return add(
        option(name, label, description)
            .type(type)
            .converters(converter)
            .defaultValue(byDefault)
            .build());
  }

  /** Adds the first parameter: the word that belongs to no option. */
  public Value<String> parameter(String label, String description) {
    return add(parameter(true, label).type(String.class).description(description).build());
  }

  /**
   * Adds the parameter, which may be left out.
   *
   * @param candidates the words that Tab completes
   */
  public Value<String> parameter(String label, String description, Iterable<String> candidates) {
    return add(
        parameter(false, label)
            .type(String.class)
            .description(description)
            .completionCandidates(candidates)
            .build());
  }

  /** Adds the last parameter: one word or several that belong to no option. */
  public Value<List<String>> parameters(String label, String description) {
    return add(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .paramLabel(label)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(description)
            .build());
  }

  /** Adds the second parameter, a whole number of at least 1. */
  public Value<Long> secondNumber(String label, String description) {
    return add(
        PositionalParamSpec.builder()
            .index("1")
            .arity("1")
            .required(true)
            .paramLabel(label)
            .type(Long.class)
            .converters(new Converters.WholeNumber())
            .description(description)
            .build());
  }

  /** Adds the parameter as the name of a file, which Tab completes. */
  public Value<Path> fileParameter(boolean isRequired, String description) {
    return add(
        parameter(isRequired, "FILE")
            .type(File.class)
            .converters(new Converters.FilePath())
            .description(description)
            .build());
  }

  private static PositionalParamSpec.Builder parameter(boolean isRequired, String label) {
    return PositionalParamSpec.builder()
        .index("0")
        .arity(isRequired ? "1" : "0..1")
        .required(isRequired)
        .paramLabel(label);
  }

  /** Adds an option that names an item and its units, and may be given several times. */
  public Value<List<ItemUnits>> moves(boolean isRequired, String name, String description) {
    return add(
        option(name, "ITEM=UNITS", description)
            .type(List.class)
            .auxiliaryTypes(ItemUnits.class)
            .converters(new ItemUnits.Converter())
            .required(isRequired)
            .build());
  }

  /** Begins an option of another kind, for {@link #add}. */
  public OptionSpec.Builder option(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).description(description).scopeType(scope);
  }

  public <T> Value<T> add(ArgSpec argument) {
    if (alternatives.isPresent()) {
      alternatives.get().addArg(argument);
    } else {
      command.add(argument);
    }
    return new Value<>(argument);
  }
}
