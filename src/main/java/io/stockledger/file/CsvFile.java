package io.stockledger.file;

import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A CSV file to import. It is read several times: completely before anything is written, so that a
 * file that is damaged anywhere is refused as a whole, and then to be imported. Each reading has
 * the bytes of the one before it. What can be read only once, such as stdin, is first copied to a
 * temporary file.
 */
public final class CsvFile implements AutoCloseable {
  private static final Path STDIN = Path.of("/dev/stdin");

  private final String name;
  private final Path path;
  private final RereadFile bytes;
  private final CsvHeader header;
  private final CsvFormat format;
  private final CsvColumns columns;

  private CsvFile(String name, Path path, RereadFile bytes, CsvHeader header, CsvFormat format)
      throws IOException {
    this.name = name;
    this.path = path;
    this.bytes = bytes;
    this.header = header;
    this.format = format;
    try (CsvReading reading = read()) {
      this.columns = reading.columns();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile open(Path path, CsvHeader header, CsvFormat format) {
    String name = PrintableText.quoted(path.toString());
    if (Files.isDirectory(path)) {
      throw new InvalidFileException(name + " is a directory.", null);
    }
    try {
      if (Files.isRegularFile(path)) {
        return new CsvFile(name, path, RereadFile.open(path), header, format);
      }
      try (InputStream in = Files.newInputStream(path)) {
        return copied(name, path, in, header, format);
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Copies stdin to its end and reads the header.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  public static CsvFile copyOf(InputStream in, CsvHeader header, CsvFormat format) {
    try {
      return copied("stdin", STDIN, in, header, format);
    } catch (IOException e) {
      throw unreadable("stdin", e);
    }
  }

  private static CsvFile copied(
      String name, Path path, InputStream in, CsvHeader header, CsvFormat format)
      throws IOException {
    RereadFile copy = RereadFile.of(TemporaryFile.copyOf(in));
    return new CsvFile(name, path, copy, header, format);
  }

  private static InvalidFileException unreadable(String name, IOException error) {
    return error instanceof TemporaryFileException temporary
        ? noCopy(name, temporary)
        : new InvalidFileException(
            "Can't read " + name + ": " + FileFailure.reason(error) + ".", error);
  }

  private static InvalidFileException noCopy(String name, TemporaryFileException error) {
    return new InvalidFileException(
        "Can't copy %s to a temporary file in %s: %s. %s"
            .formatted(
                name,
                PrintableText.quoted(error.folder()),
                error.getMessage(),
                InvalidFileException.OTHER_FOLDER),
        error);
  }

  /** Its name, for messages. */
  public String name() {
    return name;
  }

  /** The columns that its header names. */
  public CsvColumns columns() {
    return columns;
  }

  /** How it is read. */
  public CsvFormat format() {
    return format;
  }

  /** Whether a path leads to the same file, also if that is what stdin is read from. */
  public boolean isSameAs(Path other) {
    try {
      return Files.exists(other) && Files.exists(path) && Files.isSameFile(path, other);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Begins to read the lines.
   *
   * @throws InvalidFileException if its header is wrong, or the file was changed since it was read
   */
  public CsvReading read() throws IOException {
    return new CsvReading(name, bytes.read(), header, format);
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      // What was read is read.
    }
  }
}
