package io.stockledger.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A file that is read several times and hands on the same bytes each time, or fails before it hands
 * on others. One thread uses it.
 *
 * <p>The file is open all the time, so a file that takes its name changes nothing. A file that is
 * written to in place is found out: it is read in blocks, a block that is read for the first time
 * leaves its checksum, and a block that is read again must have that checksum before a byte of it
 * is handed on. The same holds for its length, once the end was read.
 *
 * <p>A checksum has 64 bits, CRC-32 beside CRC-32C: their polynomials have no common factor, so a
 * change at random is missed once in 2^64. It guards against accidents. Who may write to the file
 * needs no forged checksum to have other lines imported.
 */
public final class RereadFile implements AutoCloseable {
  static final int BLOCK_BYTES = 1 << 20;

  private static final long NOT_KNOWN = -1;

  private final FileChannel channel;

  /** 8 bytes per block, so 8 MiB for a file of 1 TiB. */
  private long[] checksums = new long[16];

  private int blocks;
  private long length = NOT_KNOWN;

  private RereadFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens a file that can be read at any position. */
  public static RereadFile open(Path path) throws IOException {
    return new RereadFile(FileChannel.open(path, StandardOpenOption.READ));
  }

  /** Reads a temporary file, which is closed with it. */
  public static RereadFile of(TemporaryFile file) {
    return new RereadFile(file.channel());
  }

  /**
   * Begins to read from the first byte. The stream throws {@link FileChangedException} if the file
   * is not what it was in an earlier reading.
   */
  public InputStream read() {
    return new Reading();
  }

  private void recordOrCheck(int block, ByteBuffer bytes) throws IOException {
    if (!isOfKnownLength(block, bytes.limit())) {
      throw new FileChangedException();
    }
    if (bytes.hasRemaining()) {
      long checksum = checksum(bytes);
      if (block == blocks) {
        add(checksum);
      } else if (checksums[block] != checksum) {
        throw new FileChangedException();
      }
    }
    if (bytes.limit() < BLOCK_BYTES) {
      length = start(block) + bytes.limit();
    }
  }

  /** Whether a block has as many bytes as before. While the end is not known, all were full. */
  private boolean isOfKnownLength(int block, int bytes) throws IOException {
    if (length == NOT_KNOWN) {
      return block == blocks || bytes == BLOCK_BYTES;
    }
    // Asked for each block, so that a file that has grown is found out before its last line, which
    // may have been half a line, is handed on.
    return channel.size() == length
        && bytes == Math.min(BLOCK_BYTES, Math.max(0, length - start(block)));
  }

  private static long start(int block) {
    return (long) block * BLOCK_BYTES;
  }

  private void add(long checksum) {
    if (blocks == checksums.length) {
      checksums = Arrays.copyOf(checksums, 2 * blocks);
    }
    checksums[blocks++] = checksum;
  }

  private static long checksum(ByteBuffer bytes) {
    CRC32 one = new CRC32();
    one.update(bytes.duplicate());
    CRC32C other = new CRC32C();
    other.update(bytes.duplicate());
    return one.getValue() << 32 | other.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** One reading from the first byte to the last. */
  private final class Reading extends InputStream {
    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK_BYTES).limit(0);
    private int block;
    private boolean isAtEnd;

    @Override
    public int read() throws IOException {
      return isFilled() ? Byte.toUnsignedInt(bytes.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (!isFilled()) {
        return -1;
      }
      int some = Math.min(count, bytes.remaining());
      bytes.get(into, offset, some);
      return some;
    }

    /** Returns whether there is a byte, of a block that is checked. */
    private boolean isFilled() throws IOException {
      if (!bytes.hasRemaining() && !isAtEnd) {
        bytes.clear();
        int count = 0;
        while (bytes.hasRemaining() && count >= 0) {
          count = channel.read(bytes, start(block) + bytes.position());
        }
        bytes.flip();
        recordOrCheck(block, bytes);
        block++;
        isAtEnd = bytes.limit() < BLOCK_BYTES;
      }
      return bytes.hasRemaining();
    }
  }
}
