package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jline.terminal.Size;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Types at the prompt of a shell: keys in, lines out. */
final class PromptLinesTest {
  private static final String TAB = "\t";
  private static final String CONTROL_C = "\003";
  private static final String CONTROL_D = "\004";
  private static final String CONTROL_P = "\020";

  @TempDir private Path folder;

  /** The command stock with one subcommand. */
  private static CommandSpec commands() {
    CommandSpec take = CommandSpec.create().name("take-stock");
    take.addOption(OptionSpec.builder("--item-id").type(long.class).build());
    take.addOption(OptionSpec.builder("--item-url").type(String.class).build());
    return CommandSpec.create().name("stock").addSubcommand("take-stock", take);
  }

  @Test
  void tabCompletesCommandsAndOptions() throws Exception {
    assertThat(typed("ta" + TAB + "--it" + TAB + "5\n")).containsExactly("take-stock --item-id 5");
    assertThat(typed("qu" + TAB + "\n")).containsExactly("quit ");
  }

  @Test
  void controlCDropsTheLineAndControlDEnds() throws Exception {
    assertThat(typed("one\ntwo" + CONTROL_C + "three\n" + CONTROL_D + "four\n"))
        .containsExactly("one", "three");
  }

  @Test
  void anExclamationMarkAndABackslashAreTheirOwn() throws Exception {
    assertThat(typed("one\n!1 !! \\x 'it''s'\n")).containsExactly("one", "!1 !! \\x 'it''s'");
  }

  @Test
  void theHistoryIsThereInTheNextShellWithoutSecrets() throws Exception {
    assertThat(typed("take-stock --item-id 7\nlist --password=geheim\n")).hasSize(2);
    assertThat(typed(CONTROL_P + "\n")).containsExactly("take-stock --item-id 7");
    assertThat(Files.readString(folder.resolve("stock/history"))).doesNotContain("geheim");
  }

  private List<String> typed(String keys) throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    DumbTerminal keyboard =
        new DumbTerminal(
            "test",
            "xterm",
            new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
            screen,
            StandardCharsets.UTF_8);
    keyboard.setSize(new Size(120, 30));
    List<String> lines = new ArrayList<>();
    try (PromptLines prompt =
        PromptLines.open(
            keyboard,
            commands(),
            Set.of("--item-url"),
            Optional.of(ShellHistory.file(Map.of("XDG_STATE_HOME", folder.toString()))),
            new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream()))) {
      for (Optional<String> line = prompt.next(); line.isPresent(); line = prompt.next()) {
        lines.add(line.get());
      }
    }
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("stock> ");
    return lines;
  }
}
