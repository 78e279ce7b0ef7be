package io.stockledger.ledger.transfer.duplicates;

import io.stockledger.file.SortedRecords;
import io.stockledger.ledger.rule.MoveRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The requests of a file whose id is also that of another one. They depend on the file alone, so
 * that a file is answered the same way in each run, however far it is made.
 *
 * <p>The first request with an id is none of them, unless one with the same id does not begin with
 * a first line: then that one has lines of the first, and neither is whole.
 *
 * <p>Ids are compared, not hashes, and memory is bounded for any number of lines.
 */
public final class DuplicateLines implements AutoCloseable {
  private static final byte END_OF_ID = 0;

  /** The number of the line, and whether it is the first one of its request. */
  private static final int BYTES_BEHIND_ID = Long.BYTES + 1;

  /** The number of a line and that of the other line with its id, in the order of the lines. */
  private final SortedRecords lines;

  private DuplicateLines(SortedRecords lines) {
    this.lines = lines;
  }

  /** Returns that no line has the id of another one. */
  public static DuplicateLines none() {
    return new DuplicateLines(new SortedRecords(SortedRecords.IN_MEMORY));
  }

  /** One pass over the requests of a file. */
  @FunctionalInterface
  public interface Occurrences {

    /** Returns the next one; empty at the end. */
    Optional<Occurrence> next() throws IOException;
  }

  /**
   * Finds the lines in a pass over the file.
   *
   * @param occurrences all requests of the file, also those that are faulty otherwise
   * @param repeated which ids may be there more than once
   * @param inMemory how many requests are sorted in memory
   */
  public static DuplicateLines find(
      Occurrences occurrences, IdHashes.Repeated repeated, int inMemory) throws IOException {
    DuplicateLines duplicates = new DuplicateLines(new SortedRecords(inMemory));
    try (SortedRecords ids = new SortedRecords(inMemory)) {
      for (Optional<Occurrence> next = occurrences.next();
          next.isPresent();
          next = occurrences.next()) {
        String requestId = next.get().requestId();
        if (MoveRequest.isRequestId(requestId) && repeated.mayBe(requestId)) {
          ids.add(record(next.get()));
        }
      }
      duplicates.addRepeated(ids.read());
      return duplicates;
    } catch (IOException | RuntimeException e) {
      duplicates.close();
      throw e;
    }
  }

  /** The end of the id sorts before any character, so equal ids are neighbours. */
  private static byte[] record(Occurrence occurrence) {
    byte[] id = occurrence.requestId().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(id.length + 1 + BYTES_BEHIND_ID)
        .put(id)
        .put(END_OF_ID)
        .putLong(occurrence.line())
        .put((byte) (occurrence.isFirstLine() ? 1 : 0))
        .array();
  }

  private void addRepeated(SortedRecords.Reading ids) throws IOException {
    byte[] first = {};
    boolean isFirstWhole = true;
    for (Optional<byte[]> next = ids.next(); next.isPresent(); next = ids.next()) {
      byte[] record = next.get();
      if (!hasSameId(record, first)) {
        first = record;
        isFirstWhole = true;
        continue;
      }
      add(line(record), line(first));
      if (record[record.length - 1] == 0 && isFirstWhole) {
        isFirstWhole = false;
        add(line(first), line(record));
      }
    }
  }

  private void add(long line, long otherLine) throws IOException {
    lines.add(ByteBuffer.allocate(2 * Long.BYTES).putLong(line).putLong(otherLine).array());
  }

  private static boolean hasSameId(byte[] one, byte[] other) {
    return one.length == other.length
        && Arrays.equals(
            one, 0, one.length - BYTES_BEHIND_ID, other, 0, other.length - BYTES_BEHIND_ID);
  }

  private static long line(byte[] record) {
    return ByteBuffer.wrap(record).getLong(record.length - BYTES_BEHIND_ID);
  }

  /** Begins at the first line of the file. */
  public Reading read() throws IOException {
    return new Reading(lines.read());
  }

  @Override
  public void close() {
    lines.close();
  }

  /** One reading, beside one of the file. */
  public static final class Reading {
    private final SortedRecords.Reading records;
    private Optional<ByteBuffer> next;

    private Reading(SortedRecords.Reading records) throws IOException {
      this.records = records;
      advance();
    }

    private void advance() throws IOException {
      next = records.next().map(ByteBuffer::wrap);
    }

    /**
     * Returns another line with the request id of a line: the first one with it, or, for that one,
     * a line of the same request that does not stand beside it. Empty if there is none.
     *
     * @param line not before the line of the last call
     */
    public OptionalLong otherLine(long line) throws IOException {
      while (next.isPresent() && next.get().getLong(0) < line) {
        advance();
      }
      return next.isPresent() && next.get().getLong(0) == line
          ? OptionalLong.of(next.get().getLong(Long.BYTES))
          : OptionalLong.empty();
    }
  }
}
