package io.stockledger.ledger.transfer.duplicates;

import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvLine;
import io.stockledger.file.CsvReading;
import io.stockledger.file.SortedRecords;
import io.stockledger.ledger.MoveRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The lines of a file whose request id is that of an earlier line. They depend on the file alone,
 * so that a file is answered the same way in each run, however far it is made.
 *
 * <p>Ids are compared, not hashes, and memory is bounded for any number of lines.
 */
public final class DuplicateLines implements AutoCloseable {
  private static final byte END_OF_ID = 0;

  /** The number of the line and that of the first line with its id, in the order of the lines. */
  private final SortedRecords lines;

  private DuplicateLines(SortedRecords lines) {
    this.lines = lines;
  }

  /** Returns that no line has the id of another one. */
  public static DuplicateLines none() {
    return new DuplicateLines(new SortedRecords(SortedRecords.IN_MEMORY));
  }

  /**
   * Finds the lines in a pass over the file. Also the id of a line that is faulty otherwise counts:
   * it is the id that the line has when it is corrected.
   *
   * @param requestIdOf returns the request id of a line, which may be no id at all
   * @param repeated which ids may be there more than once
   * @param inMemory how many lines are sorted in memory
   */
  public static DuplicateLines find(
      CsvFile file, Function<CsvLine, String> requestIdOf, IdHashes.Repeated repeated, int inMemory)
      throws IOException {
    DuplicateLines duplicates = new DuplicateLines(new SortedRecords(inMemory));
    try (SortedRecords ids = new SortedRecords(inMemory);
        CsvReading reading = file.read()) {
      for (Optional<CsvLine> line = reading.next(); line.isPresent(); line = reading.next()) {
        String requestId = requestIdOf.apply(line.get());
        if (MoveRequest.isRequestId(requestId) && repeated.mayBe(requestId)) {
          ids.add(idAndLine(requestId, line.get().number()));
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
  private static byte[] idAndLine(String requestId, long line) {
    byte[] id = requestId.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(id.length + 1 + Long.BYTES)
        .put(id)
        .put(END_OF_ID)
        .putLong(line)
        .array();
  }

  private void addRepeated(SortedRecords.Reading ids) throws IOException {
    byte[] first = {};
    for (Optional<byte[]> next = ids.next(); next.isPresent(); next = ids.next()) {
      byte[] record = next.get();
      if (hasSameId(record, first)) {
        lines.add(
            ByteBuffer.allocate(2 * Long.BYTES).putLong(line(record)).putLong(line(first)).array());
      } else {
        first = record;
      }
    }
  }

  private static boolean hasSameId(byte[] one, byte[] other) {
    return one.length == other.length
        && Arrays.equals(one, 0, one.length - Long.BYTES, other, 0, other.length - Long.BYTES);
  }

  private static long line(byte[] idAndLine) {
    return ByteBuffer.wrap(idAndLine).getLong(idAndLine.length - Long.BYTES);
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
     * Returns the first line with the request id of a line; empty if it is this line.
     *
     * @param line not before the line of the last call
     */
    public OptionalLong firstLine(long line) throws IOException {
      while (next.isPresent() && next.get().getLong(0) < line) {
        advance();
      }
      return next.isPresent() && next.get().getLong(0) == line
          ? OptionalLong.of(next.get().getLong(Long.BYTES))
          : OptionalLong.empty();
    }
  }
}
