package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ShellLine} makes of a line is what bash makes of it. */
final class ShellLineTest {
  @Test
  void wordsAreSplitAtSpaces() {
    assertThat(ShellLine.parse("scripts/stock  list-items --user=root").words())
        .containsExactly("scripts/stock", "list-items", "--user=root");
  }

  @Test
  void quotesAndBackslashesKeepAWordTogether() {
    assertThat(ShellLine.parse("a 'b  \"c' \"d \\\"e\\\" 'f'\" g\\ h '' \"\\n\"").words())
        .containsExactly("a", "b  \"c", "d \"e\" 'f'", "g h", "", "\\n");
  }

  @Test
  void theStatusIsShownWhenTheLineAsksForIt() {
    ShellLine line = ShellLine.parse("scripts/stock setup-db --reset </dev/null; echo $?");
    assertThat(line.words()).containsExactly("scripts/stock", "setup-db", "--reset");
    assertThat(line.showsStatus()).isTrue();
    assertThat(line.input()).hasToString("/dev/null");
    assertThat(ShellLine.parse("scripts/stock stream <docs/a.jsonl").input())
        .hasToString("docs/a.jsonl");
    assertThat(ShellLine.parse("scripts/stock list-items").showsStatus()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a | b", "a $B", "a \"$B\"", "a >b", "a; b", "A=b c *", "a `b`", "a 'b", "a \\"})
  void whatItCannotRunIsRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> ShellLine.parse(line));
  }
}
