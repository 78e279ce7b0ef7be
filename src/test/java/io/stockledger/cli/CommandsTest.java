package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The documents list what the registry has. The usage, the manual pages and the completion are made
 * from it, so they are never behind.
 */
class CommandsTest {
  private static final Path MANUAL = Path.of("docs/manual.md");

  /** Their output is a usage, a script, that of other commands, or has a schema of its own. */
  private static final Set<String> WITHOUT_JSON =
      Set.of("shell", "stream", "help", "generate-completion");

  private static final Pattern OPTIONS_OF_ANOTHER =
      Pattern.compile("The options are those of\\s+\\[([a-z-]+)\\]");

  /** Where each command must be named: the text of a document, and what it must contain. */
  private static Map<String, Predicate<String>> places() throws IOException {
    String manual = Files.readString(MANUAL);
    String readme = Files.readString(Path.of("README.md"));
    String schema = Files.readString(Path.of("docs/stock-output.schema.json"));
    String changelog = Files.readString(Path.of("CHANGELOG.md"));
    Map<String, Predicate<String>> places = new LinkedHashMap<>();
    places.put("a section in docs/manual.md", name -> manual.contains("\n### " + name + "\n"));
    places.put(
        "a row in the table of exit statuses in docs/manual.md",
        name -> manual.contains("\n| `" + name + "` | "));
    places.put("a row in the table of README.md", name -> readme.contains("\n| [`" + name + "`]("));
    places.put(
        "a definition in docs/stock-output.schema.json",
        name -> WITHOUT_JSON.contains(name) || schema.contains("\n    \"" + name + "\": {"));
    places.put("a mention in CHANGELOG.md", name -> changelog.contains("`" + name));
    return places;
  }

  @Test
  void everyCommandIsInEveryDocument() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String command : HelpTest.commands()) {
      places()
          .forEach(
              (place, names) -> {
                if (!names.test(command)) {
                  missing.add(command + " needs " + place);
                }
              });
    }
    assertThat(missing).isEmpty();
  }

  /** The options of the connection and those of all commands have sections of their own. */
  @ParameterizedTest
  @MethodSource("io.stockledger.cli.HelpTest#commands")
  void everyOptionIsInTheManual(String command) throws IOException {
    String manual = Files.readString(MANUAL);
    // The race has a document of its own, to which its section points.
    String text =
        command.equals("race")
            ? Files.readString(Path.of("docs/race.md"))
            : section(manual, command);
    Matcher others = OPTIONS_OF_ANOTHER.matcher(text);
    if (others.find()) {
      text += section(manual, others.group(1));
    }
    for (OptionSpec option :
        StockCommand.model().getSubcommands().get(command).getCommandSpec().options()) {
      if (UsageHelp.isOwn(option)) {
        assertThat(text).as(command).contains(option.longestName());
      }
    }
  }

  private static String section(String manual, String command) {
    String heading = "\n### " + command + "\n";
    int from = manual.indexOf(heading);
    assertThat(from).as(heading).isNotNegative();
    int to = manual.indexOf("\n##", from + heading.length());
    return manual.substring(from, to < 0 ? manual.length() : to);
  }
}
