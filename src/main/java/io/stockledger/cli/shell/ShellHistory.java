package io.stockledger.cli.shell;

import io.stockledger.file.WholeFile;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.impl.history.DefaultHistory;

/** The lines that were typed, without those that may hold a secret. */
final class ShellHistory extends DefaultHistory {
  /** What a line with a password, or with a URL that may hold one, has in it. */
  private static final List<String> SECRET = List.of("password", "jdbc:", "--url");

  private final Optional<Path> file;
  private Optional<IOException> failure = Optional.empty();

  /**
   * Makes a history without lines.
   *
   * @param file where JLine keeps the lines; empty to keep none
   */
  ShellHistory(Optional<Path> file) {
    this.file = file;
  }

  @Override
  public void add(Instant time, String line) {
    String lowerCase = line.toLowerCase(Locale.ROOT);
    if (SECRET.stream().noneMatch(lowerCase::contains)) {
      super.add(time, line);
    }
  }

  /**
   * Adds the new lines to the file. If they can't be written, the file ends at a whole line: half a
   * line could be taken for a command that nobody typed. Does not throw, because JLine, which calls
   * it for each line, would print a stack trace; the next call tries to write these lines too.
   */
  @Override
  public void save() {
    try {
      super.save();
      failure = Optional.empty();
    } catch (IOException e) {
      failure = Optional.of(e);
      file.ifPresent(ShellHistory::endAtWholeLine);
    }
  }

  private static void endAtWholeLine(Path path) {
    try {
      WholeFile.endAtWholeLine(path);
    } catch (IOException e) {
      // The failure of the write is reported.
    }
  }

  /** Why the last lines are not kept; empty if all are. */
  Optional<IOException> failure() {
    return failure;
  }

  /**
   * Returns the file of the history, which only its owner can read; makes the file if it is not
   * there.
   *
   * @throws IOException with the name of the file if it can't be written
   */
  static Path file(Map<String, String> environment) throws IOException {
    Path file = stateFolder(environment).resolve("stock").resolve("history");
    try {
      Files.createDirectories(file.getParent(), ownerOnly("rwx------"));
      if (!Files.exists(file)) {
        Files.createFile(file, ownerOnly("rw-------"));
      }
    } catch (IOException e) {
      throw new IOException(PrintableText.quoted(file.toString()), e);
    }
    if (!Files.isWritable(file) || Files.isDirectory(file)) {
      throw new IOException(PrintableText.quoted(file.toString()));
    }
    return file;
  }

  /** XDG Base Directory Specification: a relative path in XDG_STATE_HOME is ignored. */
  private static Path stateFolder(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("XDG_STATE_HOME"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(
            () ->
                Path.of(
                    environment.getOrDefault("HOME", System.getProperty("user.home")),
                    ".local",
                    "state"));
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
