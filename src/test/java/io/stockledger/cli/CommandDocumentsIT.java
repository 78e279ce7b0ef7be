package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stockledger.testing.PseudoTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Checks the manual pages and the completion script that the build wrote under target. */
class CommandDocumentsIT {
  private static final Path PAGES = Path.of("target/man");
  private static final Path SCRIPT = Path.of("target/completion/stock");

  /** Completes the last word of a command line as bash does when TAB is pressed. */
  private static final String COMPLETE_IN_BASH =
      """
      compopt() { :; } # It works only while bash itself completes.
      source "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
      $(complete -p stock | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private Path folder;

  @Test
  void everyCommandHasAPage() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(
              pages.map(page -> page.getFileName().toString()).filter(name -> name.endsWith(".1")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Stream.of("stock.1"),
                      HelpTest.commands().stream().map(command -> "stock-" + command + ".1"))
                  .toList());
    }
  }

  @Test
  void manShowsEachPageWithoutWarnings() throws Exception {
    assumeThat(runs("man", "--version")).as("man is installed").isTrue();
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.toList()) {
        Process man = new ProcessBuilder("man", "--warnings", "-l", page.toString()).start();
        String shown = new String(man.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String warnings = new String(man.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(man.waitFor()).as(warnings).isZero();
        assertThat(warnings).as(page.toString()).isEmpty();
        assertThat(shown).contains("SYNOPSIS").contains("EXAMPLE").contains("EXIT STATUS");
      }
    }
  }

  /** What a person reads first comes first, and {@code man -k} has a line that says what it is. */
  @Test
  void aPageHasTheSectionsOfManualPages() throws IOException {
    String stock = Files.readString(PAGES.resolve("stock.1"));
    assertThat(stock.lines().filter(line -> line.startsWith(".SH ")))
        .containsExactly(
            ".SH \"NAME\"",
            ".SH \"SYNOPSIS\"",
            ".SH \"DESCRIPTION\"",
            ".SH \"COMMANDS\"",
            ".SH \"CONNECTION\"",
            ".SH \"OPTIONS OF ALL COMMANDS\"",
            ".SH \"EXIT STATUS\"",
            ".SH \"EXAMPLE\"",
            ".SH \"ENVIRONMENT\"",
            ".SH \"FILES\"",
            ".SH \"SEE ALSO\"");
    assertThat(Files.readString(PAGES.resolve("stock-verify.1")))
        .contains("stock-verify \\- Check the ledger\\*(Aqs rows against its rules\n")
        .contains("\\fBstock\\-explain\\fP(1)");
  }

  @Test
  void manFindsEachPage() throws Exception {
    assumeThat(runs("lexgrog", "--version")).as("man-db is installed").isTrue();
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.toList()) {
        Process lexgrog = new ProcessBuilder("lexgrog", page.toString()).start();
        String found = new String(lexgrog.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(lexgrog.waitFor()).as(found).isZero();
        // Two lines of a terminal at most.
        assertThat(found.strip().replaceFirst("^[^\"]*", "").length()).as(found).isLessThan(180);
      }
    }
  }

  @Test
  void pagesAreTheSameInEachBuild() throws IOException {
    // A date would make two builds of one commit differ.
    assertThat(Files.readString(PAGES.resolve("stock.1"))).contains(".TH \"STOCK\" \"1\" \"\" ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stock get-|get-stock",
        "stock gen|generate-completion",
        "stock get-stock --item|--item-id",
        "stock list-items --prof|--profile",
        "stock list-items --output j|json",
        "stock status --output p|prometheus",
        "stock help run|run-batch",
        "stock help rem|remove-stock-atomic",
      })
  void wordsAreCompletedInBash(String line, String completed) throws Exception {
    assumeThat(runs("bash", "--version")).as("bash is installed").isTrue();
    assertThat(complete("bash", line)).contains(completed);
  }

  /** Each option and parameter that takes a file, of each command. */
  @Test
  void filesAreCompletedInBash() throws Exception {
    assumeThat(runs("bash", "--version")).as("bash is installed").isTrue();
    Files.createFile(folder.resolve("items of today.csv"));
    Files.createDirectory(folder.resolve("itemized"));
    List<String> lines = new ArrayList<>();
    for (CommandLine command : StockCommand.model().getSubcommands().values()) {
      for (ArgSpec argument : command.getCommandSpec().args()) {
        if (argument.paramLabel().equals("FILE")) {
          String option = argument.isOption() ? ((OptionSpec) argument).longestName() + " " : "";
          lines.add("stock " + command.getCommandName() + " " + option + "it");
        }
      }
    }
    assertThat(lines)
        .contains(
            "stock import it",
            "stock import --rejects it",
            "stock add-item --file it",
            "stock shell it",
            "stock chart --svg it",
            "stock race --csv it",
            "stock get-stock --password-file it");
    for (String line : lines) {
      assertThat(complete("bash", line))
          .as(line)
          .containsExactlyInAnyOrder("items of today.csv", "itemized");
    }
    // No file where none is meant.
    assertThat(complete("bash", "stock get-stock --item-id it")).containsExactly("");
  }

  /** Those of the folder and of the user, also behind "=", which bash makes a word of its own. */
  @Test
  void profilesAreCompletedInBash() throws Exception {
    assumeThat(runs("bash", "--version")).as("bash is installed").isTrue();
    Files.writeString(
        folder.resolve(".stock.properties"),
        "url=jdbc:mysql://x/y\n# no.url = a\nprod.url=jdbc:mysql://a/b\nprod.user = x.user=y\n");
    assertThat(complete("bash", "stock list-items --profile ")).containsExactly("prod");
    Files.createDirectories(folder.resolve("stock"));
    Files.writeString(
        folder.resolve("stock/config.properties"),
        "preview.url=jdbc:mysql://a/b\nsh-op_1.user=x\n");
    assertThat(complete("bash", "stock list-items --profile p"))
        .containsExactlyInAnyOrder("prod", "preview");
    assertThat(complete("bash", "stock --profile = pre")).containsExactly("preview");
    assertThat(complete("bash", "stock list-items --profile ="))
        .containsExactlyInAnyOrder("prod", "preview", "sh-op_1");
    assertThat(complete("bash", "stock list-items --url ")).containsExactly("");
  }

  /** In a bash whose keys are pressed, with what bash itself adds. */
  @Test
  void tabCompletesAFile() throws Exception {
    assumeThat(runs("bash", "--version")).as("bash is installed").isTrue();
    assumeThat(PseudoTerminal.isThere()).as("script is installed").isTrue();
    Files.createFile(folder.resolve("items of today.csv"));
    List<String> words = List.of("bash", "--norc", "--noprofile", "-i");
    try (PseudoTerminal bash = new PseudoTerminal(words, Map.of("PS1", "> "))) {
      bash.await("> ");
      bash.type("source " + SCRIPT.toAbsolutePath() + "\n");
      bash.await("\n");
      bash.type("cd " + folder + "\n");
      bash.await("\n");
      bash.type("stock import it\t");
      bash.await("stock import items\\ of\\ today.csv");
    }
  }

  private List<String> complete(String shell, String line) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(shell, "-c", COMPLETE_IN_BASH, shell, SCRIPT.toAbsolutePath().toString()),
                Arrays.stream(line.split(" ", -1)))
            .collect(Collectors.toList());
    Process process = at(folder, new ProcessBuilder(command)).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(errors).isEmpty();
    return words.lines().map(String::strip).toList();
  }

  /** In a folder that is also that of the user's configuration. */
  private static ProcessBuilder at(Path folder, ProcessBuilder command) {
    command.environment().put("XDG_CONFIG_HOME", folder.toString());
    return command.directory(folder.toFile());
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
