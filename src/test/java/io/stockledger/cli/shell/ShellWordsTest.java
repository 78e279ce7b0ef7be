package io.stockledger.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Splits lines of a shell into words, and compares with what bash makes of the same lines. */
final class ShellWordsTest {

  @Test
  void splitsAtSpacesAndKeepsWhatIsQuoted() {
    assertThat(ShellWords.of("get-stock  --item-id 101\t--date=today"))
        .containsExactly("get-stock", "--item-id", "101", "--date=today");
    assertThat(ShellWords.of("add-item --name '純米 大吟醸' --item-code \"A \\\"B\\\" \\n\" c\\ d"))
        .containsExactly("add-item", "--name", "純米 大吟醸", "--item-code", "A \"B\" \\n", "c d");
    assertThat(ShellWords.of("a'b'\"c\" '' \"\"")).containsExactly("abc", "", "");
    assertThat(ShellWords.of("a\r")).containsExactly("a");
  }

  @Test
  void aCommentBeginsAtTheBeginningOfAWordOnly() {
    assertThat(ShellWords.of("# all of it")).isEmpty();
    assertThat(ShellWords.of("   ")).isEmpty();
    assertThat(ShellWords.of("a #b 'c")).containsExactly("a");
    assertThat(ShellWords.of("a#b '#c' \\#d \"#\"")).containsExactly("a#b", "#c", "#d", "#");
  }

  @Test
  void namesWhatIsNotClosed() {
    assertThatThrownBy(() -> ShellWords.of("a 'b")).hasMessage("The quote ' is not closed.");
    assertThatThrownBy(() -> ShellWords.of("a \"b\\\"")).hasMessage("The quote \" is not closed.");
    assertThatThrownBy(() -> ShellWords.of("a \\"))
        .hasMessage("Nothing follows the last backslash.");
  }

  /** Only characters that mean something here or nothing to bash: no variables, no pipes. */
  @Test
  void splitsRandomLinesAsBashDoes() throws IOException, InterruptedException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String characters = "ab  ''\"\"\\\\#-=";
    List<String> lines = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    while (lines.size() < 500) {
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        line.append(characters.charAt(random.nextInt(characters.length())));
      }
      try {
        expected.add("x" + String.join("|", ShellWords.of(line.toString())));
        lines.add(line.toString());
      } catch (IllegalArgumentException e) {
        // bash would read on in the next line.
      }
    }
    StringBuilder script = new StringBuilder("show() { local IFS='|'; echo \"x$*\"; }\n");
    lines.forEach(line -> script.append("show ").append(line).append('\n'));
    Process bash = new ProcessBuilder("bash", "-s").redirectErrorStream(true).start();
    // bash reads all of it before its output fills a pipe: some 10 KB.
    bash.getOutputStream().write(script.toString().getBytes(StandardCharsets.UTF_8));
    bash.getOutputStream().close();
    List<String> found =
        new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(bash.waitFor()).as("seed %d", seed).isZero();
    for (int i = 0; i < lines.size(); i++) {
      assertThat(expected.get(i))
          .as("seed %d, line <%s>", seed, lines.get(i))
          .isEqualTo(found.get(i));
    }
  }
}
