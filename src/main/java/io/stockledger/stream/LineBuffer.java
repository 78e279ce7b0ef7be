package io.stockledger.stream;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The bytes of a client that are not decided on yet, cut into lines. Its size is bounded: of a line
 * that is too long only the fact is kept, and its bytes are dropped as they come.
 */
final class LineBuffer {
  /**
   * The longest line in bytes. A request of 100 lines with the longest numbers and a note of 255
   * characters, each written as an escape of 12 bytes, has less than 11,000.
   */
  static final int LONGEST_LINE = 16 * 1024;

  private static final byte LINE_FEED = '\n';

  /** With room for the line feed. */
  private final byte[] bytes = new byte[LONGEST_LINE + 1];

  private int from;
  private int to;
  private int searched;
  private boolean isSkipping;

  /**
   * A line, or the part of a line before the end of the input.
   *
   * @param isTooLong whether its bytes were dropped
   */
  record Line(ByteBuffer bytes, boolean isTooLong) {
    private static final Line TOO_LONG = new Line(ByteBuffer.allocate(0), true);
  }

  /** Returns the free room, to be filled; call {@link #added} after that. It is never empty. */
  ByteBuffer room() {
    System.arraycopy(bytes, from, bytes, 0, to - from);
    to -= from;
    searched -= from;
    from = 0;
    return ByteBuffer.wrap(bytes, to, bytes.length - to);
  }

  /** Takes note that bytes were put into the room. */
  void added(int count) {
    to += count;
  }

  /** Returns the next line, valid until {@link #room} is called; empty if there is none yet. */
  Optional<Line> next() {
    while (searched < to) {
      if (bytes[searched++] == LINE_FEED) {
        Line line =
            isSkipping
                ? Line.TOO_LONG
                : new Line(ByteBuffer.wrap(bytes, from, searched - 1 - from), false);
        isSkipping = false;
        from = searched;
        return Optional.of(line);
      }
    }
    if (isSkipping || to - from == bytes.length) {
      isSkipping = true;
      from = to;
    }
    return Optional.empty();
  }

  /** Returns what is left when the input has ended; empty if nothing is. */
  Optional<Line> last() {
    if (isSkipping) {
      isSkipping = false;
      return Optional.of(Line.TOO_LONG);
    }
    if (from == to) {
      return Optional.empty();
    }
    Line line = new Line(ByteBuffer.wrap(bytes, from, to - from), false);
    from = to;
    return Optional.of(line);
  }

  /** Whether nothing is kept, so that another client may use it. */
  boolean isEmpty() {
    return from == to && !isSkipping;
  }
}
