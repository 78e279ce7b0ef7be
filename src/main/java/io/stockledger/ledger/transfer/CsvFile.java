package io.stockledger.ledger.transfer;

import io.stockledger.ledger.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;

/**
 * A CSV file to import. It is read twice: completely before anything is written, so that a file
 * that is damaged anywhere is refused as a whole, and then to be imported. What can be read only
 * once, such as stdin, is therefore first copied to a temporary file.
 */
public final class CsvFile implements AutoCloseable {
  private final String name;
  private final Path path;
  private final Optional<Path> temporary;
  private final Set<String> required;
  private final Set<String> optional;
  private final CsvColumns columns;

  private CsvFile(
      String name, Path path, Optional<Path> temporary, Set<String> required, Set<String> optional)
      throws IOException {
    this.name = name;
    this.path = path;
    this.temporary = temporary;
    this.required = required;
    this.optional = optional;
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
  static CsvFile open(Path path, Set<String> required, Set<String> optional) {
    String name = PrintableText.quoted(path.toString());
    if (Files.isDirectory(path)) {
      throw new InvalidFileException(name + " is a directory.", null);
    }
    try {
      if (Files.isRegularFile(path)) {
        return new CsvFile(name, path, Optional.empty(), required, optional);
      }
      try (InputStream in = Files.newInputStream(path)) {
        return copied(name, in, required, optional);
      }
    } catch (IOException e) {
      throw new InvalidFileException("Can't read " + name + ": " + reason(e), e);
    }
  }

  /**
   * Copies a stream to its end and reads the header.
   *
   * @throws InvalidFileException if it can't be read or its header is wrong
   */
  static CsvFile copyOf(InputStream in, Set<String> required, Set<String> optional) {
    try {
      return copied("stdin", in, required, optional);
    } catch (IOException e) {
      throw new InvalidFileException("Can't read stdin: " + reason(e), e);
    }
  }

  private static CsvFile copied(
      String name, InputStream in, Set<String> required, Set<String> optional) throws IOException {
    Path copy = Files.createTempFile("stock-import-", ".csv");
    // Also when the process is stopped by Ctrl-C.
    copy.toFile().deleteOnExit();
    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    return new CsvFile(name, copy, Optional.of(copy), required, optional);
  }

  /** Returns why a file can't be read, without its name. */
  private static String reason(IOException error) {
    if (error instanceof NoSuchFileException) {
      return "there is no such file.";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied.";
    }
    return error instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason() + "."
        : String.valueOf(error.getMessage());
  }

  /** The columns that its header names. */
  public CsvColumns columns() {
    return columns;
  }

  /** Whether a path leads to the same file. */
  public boolean isSameAs(Path other) {
    try {
      return temporary.isEmpty() && Files.exists(other) && Files.isSameFile(path, other);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Begins to read the lines.
   *
   * @throws InvalidFileException if its header is wrong
   */
  CsvReading read() throws IOException {
    return new CsvReading(name, Files.newInputStream(path), required, optional);
  }

  @Override
  public void close() {
    temporary.ifPresent(
        copy -> {
          try {
            Files.deleteIfExists(copy);
          } catch (IOException e) {
            // It is deleted when the process ends.
          }
        });
  }
}
