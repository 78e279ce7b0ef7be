package io.stockledger.ledger.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.transfer.lines.FileRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How many lines a try has. */
final class TrySizeTest {
  private static final int LINES = 4_096;

  private final TrySize size = new TrySize();

  @Test
  void aTryHasAllLinesThatAreLeftUntilAConflict() {
    assertThat(size.of(LINES, 0)).isEqualTo(LINES);
    size.succeeded(LINES, false);
    assertThat(size.of(2 * LINES, 0)).isEqualTo(2 * LINES);
    assertThat(size.isBounded()).isFalse();
  }

  @Test
  void eachConflictHalvesItDownToOneLine() {
    assertThat(List.of(size.of(LINES, 1), size.of(LINES, 2), size.of(LINES, 12)))
        .containsExactly(2_048, 1_024, 1);
    assertThat(size.of(LINES, 13)).isEqualTo(1);
    assertThat(size.of(3, 1)).isEqualTo(1);
  }

  /** A shift by 32 bits is none at all. */
  @Test
  void alsoAHundredConflictsLeaveOneLine() {
    assertThat(size.of(LINES, 32)).isEqualTo(1);
    assertThat(size.of(LINES, 100)).isEqualTo(1);
  }

  @Test
  void eachSuccessDoublesItAgain() {
    size.succeeded(4, true);
    assertThat(size.isBounded()).isTrue();
    assertThat(size.of(LINES, 0)).isEqualTo(8);
    size.succeeded(8, false);
    assertThat(size.of(LINES, 0)).isEqualTo(16);
    assertThat(size.of(LINES, 1)).isEqualTo(8);
  }

  /** The last lines of a chunk are few, whatever the other writers do. */
  @Test
  void aSuccessOfFewerLinesLeavesIt() {
    size.succeeded(64, true);
    size.succeeded(3, false);
    assertThat(size.of(LINES, 0)).isEqualTo(128);
  }

  @Test
  void aTryReachesUpToTheLastLineThatIsMade() {
    List<FileRequest> lines =
        LongStream.rangeClosed(1, 8).mapToObj(number -> TransferValues.line(number, 1)).toList();
    assertThat(TrySize.upToLastMade(2, lines, Set.of("r3", "r6"))).isEqualTo(6);
    assertThat(TrySize.upToLastMade(2, lines, Set.of("r8"))).isEqualTo(8);
    assertThat(TrySize.upToLastMade(2, lines, Set.of("r1"))).isEqualTo(2);
    assertThat(TrySize.upToLastMade(2, lines, Set.of())).isEqualTo(2);
  }
}
