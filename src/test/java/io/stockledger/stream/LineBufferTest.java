package io.stockledger.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how bytes are cut into lines, however they come. */
class LineBufferTest {
  private static final String TOO_LONG = "<too long>";

  private static List<String> linesOf(String input, Random random) {
    LineBuffer buffer = new LineBuffer();
    ByteBuffer bytes = ByteBuffer.wrap(input.getBytes(StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    while (bytes.hasRemaining()) {
      ByteBuffer room = buffer.room();
      assertThat(room.remaining()).isPositive();
      int count =
          Math.min(1 + random.nextInt(20_000), Math.min(room.remaining(), bytes.remaining()));
      bytes.get(room.array(), room.arrayOffset() + room.position(), count);
      buffer.added(count);
      for (Optional<LineBuffer.Line> line = buffer.next(); line.isPresent(); line = buffer.next()) {
        lines.add(text(line.get()));
      }
    }
    buffer.last().map(LineBufferTest::text).ifPresent(lines::add);
    assertThat(buffer.isEmpty()).isTrue();
    return lines;
  }

  private static String text(LineBuffer.Line line) {
    return line.isTooLong() ? TOO_LONG : StandardCharsets.UTF_8.decode(line.bytes()).toString();
  }

  @Test
  void linesAreThoseOfTheInputHoweverItsBytesCome() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>();
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(300);
      String line = "x".repeat(length);
      expected.add(length > LineBuffer.LONGEST_LINE ? TOO_LONG : line);
      input.append(line).append('\n');
    }
    assertThat(linesOf(input.toString(), random))
        .as("-Dstock.test.seed=%d", seed)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, LineBuffer.LONGEST_LINE - 1, LineBuffer.LONGEST_LINE})
  void aLineOfThisLengthIsWhole(int length) {
    String line = "y".repeat(length);
    assertThat(linesOf(line + "\nz\n", new Random(1))).containsExactly(line, "z");
  }

  @ParameterizedTest
  @ValueSource(ints = {LineBuffer.LONGEST_LINE + 1, LineBuffer.LONGEST_LINE + 2, 1_000_000})
  void aLongerLineIsOneLineThatIsTooLong(int length) {
    String line = "y".repeat(length);
    assertThat(linesOf(line + "\nz\n", new Random(1))).containsExactly(TOO_LONG, "z");
    assertThat(linesOf("z\n" + line, new Random(1))).containsExactly("z", TOO_LONG);
  }

  @Test
  void aLastLineNeedsNoEnd() {
    assertThat(linesOf("a\nb", new Random(1))).containsExactly("a", "b");
    assertThat(linesOf("a\n\n", new Random(1))).containsExactly("a", "");
    assertThat(linesOf("", new Random(1))).isEmpty();
  }
}
