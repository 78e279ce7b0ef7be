package io.stockledger.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file in the folder that {@code java.io.tmpdir} names. Only this user can read it.
 *
 * <p>The file has no name from the moment when it is open, where the operating system allows that
 * (DELETE_ON_CLOSE of Java 17 on Linux and macOS: sun.nio.fs.UnixChannelFactory), so that it is
 * gone when the process ends, also if the process is killed.
 */
public final class TemporaryFile implements AutoCloseable {
  private static final int COPIED_BYTES = 1 << 16;

  private final Path folder;
  private final FileChannel channel;

  private TemporaryFile(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Makes an empty file. */
  public static TemporaryFile make() throws TemporaryFileException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      if (!Files.isDirectory(folder)) {
        throw new NotDirectoryException(folder.toString());
      }
      Path file = Files.createTempFile(folder, "stock-", ".tmp");
      return new TemporaryFile(
          folder,
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (NotDirectoryException e) {
      throw new TemporaryFileException(folder, new IOException("there is no such folder", e));
    } catch (IOException e) {
      throw new TemporaryFileException(folder, e);
    }
  }

  /**
   * Copies a stream to its end.
   *
   * @throws TemporaryFileException if the copy can't be written
   * @throws IOException if the stream can't be read
   */
  public static TemporaryFile copyOf(InputStream in) throws IOException {
    TemporaryFile copy = make();
    try {
      byte[] bytes = new byte[COPIED_BYTES];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        copy.append(ByteBuffer.wrap(bytes, 0, count));
      }
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** Writes bytes at the end. */
  public void append(ByteBuffer bytes) throws TemporaryFileException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new TemporaryFileException(folder, e);
    }
  }

  /** Fills a buffer from a position on, unless the file ends before. */
  public void read(ByteBuffer bytes, long position) throws IOException {
    long next = position;
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = channel.read(bytes, next);
      next += count;
    }
  }

  FileChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // All that could be lost is no longer needed.
    }
  }
}
