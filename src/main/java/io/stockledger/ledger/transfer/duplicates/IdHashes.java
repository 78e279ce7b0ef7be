package io.stockledger.ledger.transfer.duplicates;

import io.stockledger.file.TemporaryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The hashes of a file's request ids, which tell which ids may be there more than once. An id that
 * is there twice is always found; two ids with one hash are found too, so the ids that are found
 * must be compared.
 *
 * <p>Memory is bounded: beyond {@link #IN_MEMORY} hashes, sorted runs of them go to a temporary
 * file, which are merged at the end.
 */
public final class IdHashes implements AutoCloseable {
  /** 4 MiB of hashes. */
  static final int IN_MEMORY = 1 << 19;

  private static final int SMALLEST = 1 << 12;
  private static final int HASHES_OF_A_READ = 1 << 10;

  private final int inMemory;
  private long[] hashes = new long[SMALLEST];
  private int size;
  private int runs;
  private Optional<TemporaryFile> file = Optional.empty();

  /** Makes an empty set. */
  public IdHashes() {
    this(IN_MEMORY);
  }

  /**
   * Makes an empty set.
   *
   * @param inMemory how many hashes a run has
   */
  IdHashes(int inMemory) {
    this.inMemory = inMemory;
  }

  /** The ids that may be there more than once. */
  public static final class Repeated {
    private final long[] sortedHashes;
    private final boolean areTooMany;

    private Repeated(long[] sortedHashes, boolean areTooMany) {
      this.sortedHashes = sortedHashes;
      this.areTooMany = areTooMany;
    }

    /** Whether no id is there more than once. */
    public boolean isNone() {
      return sortedHashes.length == 0;
    }

    /** Whether an id may be one. If there are too many for the memory, each may be one. */
    boolean mayBe(String requestId) {
      return areTooMany || Arrays.binarySearch(sortedHashes, hash(requestId)) >= 0;
    }
  }

  /** Adds the request id of a line. */
  public void add(String requestId) throws IOException {
    if (size == hashes.length && size < inMemory) {
      hashes = Arrays.copyOf(hashes, Math.min(inMemory, 2 * size));
    } else if (size == inMemory) {
      writeRun();
    }
    hashes[size++] = hash(requestId);
  }

  /** FNV-1a of 64 bits (draft-eastlake-fnv), whose bits are then mixed. */
  public static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
  }

  private void writeRun() throws IOException {
    if (file.isEmpty()) {
      file = Optional.of(TemporaryFile.make());
    }
    Arrays.sort(hashes, 0, size);
    ByteBuffer bytes = ByteBuffer.allocate(HASHES_OF_A_READ * Long.BYTES);
    for (int i = 0; i < size; i++) {
      bytes.putLong(hashes[i]);
      if (!bytes.hasRemaining() || i == size - 1) {
        file.get().append(bytes.flip());
        bytes.clear();
      }
    }
    runs++;
    size = 0;
  }

  /** Returns which ids may be there more than once. Nothing may be added afterwards. */
  public Repeated repeated() throws IOException {
    Arrays.sort(hashes, 0, size);
    Repeats repeats = new Repeats(inMemory / 2);
    if (runs == 0) {
      for (int i = 0; i < size; i++) {
        repeats.next(hashes[i]);
      }
    } else {
      merge(repeats);
    }
    hashes = new long[0];
    return repeats.all();
  }

  private void merge(Repeats repeats) throws IOException {
    PriorityQueue<Run> next = new PriorityQueue<>();
    for (int i = 0; i <= runs; i++) {
      Run run = new Run(i);
      if (run.advance()) {
        next.add(run);
      }
    }
    while (!next.isEmpty() && !repeats.areTooMany) {
      Run run = next.poll();
      repeats.next(run.current);
      if (run.advance()) {
        next.add(run);
      }
    }
  }

  @Override
  public void close() {
    file.ifPresent(TemporaryFile::close);
  }

  /** A run of sorted hashes, in the file or, the last one, in memory. */
  private final class Run implements Comparable<Run> {
    private final boolean isInMemory;
    private final ByteBuffer bytes;
    private long position;
    private final long end;
    private int index;
    private long current;

    Run(int number) {
      isInMemory = number == runs;
      bytes = ByteBuffer.allocate(isInMemory ? 0 : HASHES_OF_A_READ * Long.BYTES).limit(0);
      position = (long) number * inMemory * Long.BYTES;
      end = position + (long) inMemory * Long.BYTES;
    }

    /** Goes on to the next hash; returns false if there is none. */
    boolean advance() throws IOException {
      if (isInMemory) {
        current = index < size ? hashes[index] : 0;
        return index++ < size;
      }
      if (!bytes.hasRemaining() && position < end) {
        bytes.clear().limit((int) Math.min(bytes.capacity(), end - position));
        file.orElseThrow().read(bytes, position);
        position += bytes.position();
        bytes.flip();
      }
      if (!bytes.hasRemaining()) {
        return false;
      }
      current = bytes.getLong();
      return true;
    }

    @Override
    public int compareTo(Run other) {
      return Long.compare(current, other.current);
    }
  }

  /** The hashes that come more than once in a sorted sequence. */
  private static final class Repeats {
    private long[] found = new long[16];
    private int count;
    private boolean areTooMany;
    private boolean isFirst = true;
    private long last;
    private final int most;

    Repeats(int most) {
      this.most = most;
    }

    void next(long hash) {
      boolean isNew = count == 0 || found[count - 1] != hash;
      if (!isFirst && hash == last && isNew) {
        if (count == most) {
          areTooMany = true;
          return;
        }
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = hash;
      }
      isFirst = false;
      last = hash;
    }

    Repeated all() {
      return new Repeated(Arrays.copyOf(found, count), areTooMany);
    }
  }
}
