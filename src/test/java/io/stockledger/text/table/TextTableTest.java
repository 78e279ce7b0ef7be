package io.stockledger.text.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table = new TextTable(List.of(true, false, true));

  @Test
  void textsAreToTheLeftAndNumbersToTheRight() {
    assertThat(
            table.lines(
                List.of(
                    List.of("name", "stock", "note"),
                    List.of("Sake", "5", "new"),
                    List.of("", "12345678", ""))))
        .containsExactly("name     stock  note", "Sake         5  new", "      12345678");
  }

  /** A long table is written in parts. */
  @Test
  void columnsDoNotBecomeNarrower() {
    assertThat(table.lines(List.of(List.of("long name", "1", "x"))))
        .containsExactly("long name  1  x");
    assertThat(table.lines(List.of(List.of("b", "22", "y")))).containsExactly("b          22  y");
  }

  @Test
  void aWideCharacterTakesTwoColumnsAndAMarkNone() {
    assertThat(table.lines(List.of(List.of("\u307f", "1", "x"), List.of("e\u0301", "1", "x"))))
        .containsExactly("\u307f  1  x", "e\u0301   1  x");
  }

  @Test
  void aTableWithoutLinesHasNone() {
    assertThat(table.lines(List.of())).isEmpty();
  }
}
