package io.stockledger.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
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
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Size;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Types at the prompt of a shell: keys in, lines out. */
@Timeout(60)
final class PromptLinesTest {
  private static final String TAB = "\t";
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
  void controlDEnds() throws Exception {
    assertThat(typed("one\ntwo\n" + CONTROL_D + "four\n")).containsExactly("one", "two");
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

  /** As when Ctrl-C also ends the program by which JLine sets the terminal. */
  @Test
  void aTerminalThatCanNotBeSetOnceDropsTheLineOnly() throws Exception {
    int[] settings = {0};
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    DumbTerminal keyboard =
        new DumbTerminal("test", "xterm", keys("one\ntwo\n"), screen, StandardCharsets.UTF_8) {
          @Override
          public void setAttributes(Attributes attributes) {
            // The first two calls are those of this test and of the first line's beginning.
            if (++settings[0] == 3) {
              throw new IOError(new IOException("stty was interrupted"));
            }
            super.setAttributes(attributes);
          }
        };
    assertThat(typed(keyboard, screen)).containsExactly("two");
    assertThat(settings[0]).isGreaterThan(3);
  }

  private static ByteArrayInputStream keys(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> typed(String text) throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    return typed(
        new DumbTerminal("test", "xterm", keys(text), screen, StandardCharsets.UTF_8), screen);
  }

  private List<String> typed(DumbTerminal keyboard, ByteArrayOutputStream screen) throws Exception {
    keyboard.setSize(new Size(120, 30));
    Attributes keys = keyboard.getAttributes();
    keys.setControlChar(ControlChar.VEOF, CONTROL_D.charAt(0));
    keyboard.setAttributes(keys);
    List<String> lines = new ArrayList<>();
    try (PromptLines prompt =
        PromptLines.open(
            "prod",
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
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("stock prod> ");
    return lines;
  }
}
