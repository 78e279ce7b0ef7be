package io.stockledger.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Short records of bytes that are sorted in bounded memory: sorted runs of them go to a temporary
 * file, which are merged when they are read.
 */
public final class SortedRecords implements AutoCloseable {
  /** A record has at most this many bytes, so that its length is one byte. */
  static final int LONGEST = 255;

  /** 6 MiB with records of 40 bytes. */
  public static final int IN_MEMORY = 1 << 16;

  private static final int BYTES_OF_A_READ = 1 << 13;

  private final int inMemory;
  private final List<byte[]> records = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private Optional<TemporaryFile> file = Optional.empty();
  private long written;
  private boolean isSorted;

  /**
   * Makes an empty list.
   *
   * @param inMemory how many records a run has
   */
  public SortedRecords(int inMemory) {
    this.inMemory = inMemory;
  }

  public void add(byte[] record) throws IOException {
    if (records.size() == inMemory) {
      writeRun();
    }
    records.add(record);
  }

  private void writeRun() throws IOException {
    if (file.isEmpty()) {
      file = Optional.of(TemporaryFile.make());
    }
    records.sort(Arrays::compareUnsigned);
    ByteBuffer bytes = ByteBuffer.allocate(BYTES_OF_A_READ);
    for (byte[] record : records) {
      if (bytes.remaining() <= record.length) {
        append(bytes);
      }
      bytes.put((byte) record.length).put(record);
    }
    append(bytes);
    ends.add(written);
    records.clear();
  }

  private void append(ByteBuffer bytes) throws IOException {
    written += bytes.position();
    file.orElseThrow().append(bytes.flip());
    bytes.clear();
  }

  /** Begins to read all records in their order. Nothing may be added afterwards. */
  public Reading read() throws IOException {
    if (!isSorted) {
      records.sort(Arrays::compareUnsigned);
      isSorted = true;
    }
    return new Reading();
  }

  @Override
  public void close() {
    file.ifPresent(TemporaryFile::close);
  }

  /** One reading of all records. */
  public final class Reading {
    private final PriorityQueue<Run> next = new PriorityQueue<>();

    private Reading() throws IOException {
      long begin = 0;
      for (long end : ends) {
        add(new Run(begin, end));
        begin = end;
      }
      add(new Run(0, 0));
    }

    private void add(Run run) throws IOException {
      if (run.advance()) {
        next.add(run);
      }
    }

    /** Returns the next record; empty at the end. */
    public Optional<byte[]> next() throws IOException {
      Run run = next.poll();
      if (run == null) {
        return Optional.empty();
      }
      byte[] record = run.current;
      add(run);
      return Optional.of(record);
    }
  }

  /** A run of sorted records: a part of the file, or what is in memory if the part is empty. */
  private final class Run implements Comparable<Run> {
    private final ByteBuffer bytes;
    private final long end;
    private long position;
    private int place;
    private byte[] current = {};

    Run(long begin, long end) {
      this.position = begin;
      this.end = end;
      this.bytes = ByteBuffer.allocate(begin == end ? 0 : BYTES_OF_A_READ).limit(0);
    }

    /** Goes on to the next record; returns false if there is none. */
    boolean advance() throws IOException {
      if (bytes.capacity() == 0) {
        boolean isThere = place < records.size();
        current = isThere ? records.get(place++) : current;
        return isThere;
      }
      if (bytes.remaining() <= LONGEST) {
        fill();
      }
      if (!bytes.hasRemaining()) {
        return false;
      }
      current = new byte[Byte.toUnsignedInt(bytes.get())];
      bytes.get(current);
      return true;
    }

    private void fill() throws IOException {
      bytes.compact();
      int kept = bytes.position();
      bytes.limit((int) Math.min(bytes.capacity(), kept + end - position));
      file.orElseThrow().read(bytes, position);
      position += bytes.position() - kept;
      bytes.flip();
    }

    @Override
    public int compareTo(Run other) {
      return Arrays.compareUnsigned(current, other.current);
    }
  }
}
