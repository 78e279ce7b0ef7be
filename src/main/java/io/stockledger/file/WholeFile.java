package io.stockledger.file;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A file that is written whole or not at all: the text goes to a new file beside it, which takes
 * its name when all is written. Until then nothing is changed.
 *
 * <ul>
 *   <li>An existing file keeps its permissions and, if the user may give it away, its group.
 *   <li>Of a symbolic link the file to which it leads is replaced, and the link stays.
 *   <li>A device, a pipe and a descriptor of this process, such as /dev/stdout, can't be replaced.
 *       They are written to as the text comes.
 * </ul>
 *
 * <p>A process that is killed may leave the new file, whose name is {@code .stock-….tmp}.
 */
public final class WholeFile implements AutoCloseable {
  private final FileChannel channel;
  private final Optional<Replacement> replacement;

  /** Whether the channel is closed with the file: not that of stdout and stderr. */
  private final boolean isOwn;

  private boolean isFinished;

  /** A new file and the one whose place it takes. */
  private record Replacement(Path newFile, Path target) {}

  private WholeFile(FileChannel channel, Optional<Replacement> replacement, boolean isOwn) {
    this.channel = channel;
    this.replacement = replacement;
    this.isOwn = isOwn;
  }

  /**
   * Begins to write a file.
   *
   * @throws NotBesideException if no file can be made in its folder, although the file itself could
   *     be written
   * @throws IOException if it can't be written
   */
  public static WholeFile begin(Path path) throws IOException {
    OutputTarget target = OutputTarget.of(path);
    Path file = target.path();
    if (target.descriptor().isPresent()) {
      int descriptor = target.descriptor().get();
      return new WholeFile(open(descriptor, file), Optional.empty(), isOwn(descriptor));
    }
    boolean isThere = isThere(file);
    if (isThere && !Files.isRegularFile(file)) {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      return new WholeFile(channel, Optional.empty(), true);
    }
    if (isThere && !Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    Path newFile = file.resolveSibling(newName());
    FileChannel channel = newFile(newFile, file);
    return new WholeFile(channel, Optional.of(new Replacement(newFile, file)), true);
  }

  /**
   * Whether there is a file of that name.
   *
   * @throws IOException if no file can have that name: a file would be left that can't get it
   */
  private static boolean isThere(Path file) throws IOException {
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Returns a name that no other file has: the file is not opened if it is there. */
  private static String newName() {
    return ".stock-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".tmp";
  }

  private static boolean isOwn(int descriptor) {
    return descriptor != 1 && descriptor != 2;
  }

  /** Text that goes to a descriptor goes where the descriptor is, behind all that was written. */
  private static FileChannel open(int descriptor, Path path) throws IOException {
    return switch (descriptor) {
      case 1 -> new FileOutputStream(FileDescriptor.out).getChannel();
      case 2 -> new FileOutputStream(FileDescriptor.err).getChannel();
      default -> FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    };
  }

  private static FileChannel newFile(Path newFile, Path file) throws IOException {
    boolean replaces = Files.exists(file);
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              newFile,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              FileRights.atFirst(file));
    } catch (IOException e) {
      throw replaces ? new NotBesideException(file.getParent(), e) : e;
    }
    try {
      if (replaces) {
        FileRights.copy(file, newFile);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(newFile);
      throw e;
    }
  }

  /**
   * Writes text, all of it or, after an error, nothing: what was written before stays, so that a
   * full disk leaves no half line. Of a device and a pipe nothing can be taken back.
   */
  public void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    OptionalLong begin = position();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      takeBack(begin, bytes.position());
      throw e;
    }
  }

  private OptionalLong position() {
    try {
      return OptionalLong.of(channel.position());
    } catch (IOException e) {
      // A pipe has no positions.
      return OptionalLong.empty();
    }
  }

  private void takeBack(OptionalLong begin, int written) {
    try {
      // Otherwise another process has written to the same descriptor since.
      if (begin.isPresent() && channel.size() == begin.getAsLong() + written) {
        channel.truncate(begin.getAsLong());
      }
    } catch (IOException e) {
      // The error of the write itself is reported.
    }
  }

  /**
   * Puts the file in its place.
   *
   * @throws NotReplacedException if it can't take the place of the old one; the new file stays
   */
  public void finish() throws IOException {
    if (replacement.isPresent()) {
      channel.force(true);
      channel.close();
      isFinished = true;
      try {
        Files.move(
            replacement.get().newFile(),
            replacement.get().target(),
            StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new NotReplacedException(replacement.get().newFile(), e);
      }
    }
  }

  /** Leaves everything as it was, unless the file is finished. */
  @Override
  public void close() throws IOException {
    if (replacement.isPresent()) {
      channel.close();
      if (!isFinished) {
        Files.deleteIfExists(replacement.get().newFile());
      }
    } else if (isOwn) {
      channel.close();
    }
  }

  /** Writes a file. */
  public static void write(Path path, String text) throws IOException {
    try (WholeFile file = begin(path)) {
      file.write(text);
      file.finish();
    }
  }

  /**
   * Checks that a file can be begun. Does not open a pipe, which would wait for its reader.
   *
   * @throws IOException if it can't
   */
  public static void requireWritable(Path path) throws IOException {
    OutputTarget target = OutputTarget.of(path);
    boolean isReplaced = !Files.exists(target.path()) || Files.isRegularFile(target.path());
    if (target.descriptor().isEmpty() && isReplaced) {
      begin(path).close();
    } else if (Files.isDirectory(target.path()) || !Files.isWritable(target.path())) {
      throw new AccessDeniedException(path.toString());
    }
  }

  /**
   * Cuts a half line off the end of a file to which somebody else appends lines.
   *
   * @throws IOException if it can't be read or changed
   */
  public static void endAtWholeLine(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = file.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      while (end > 0) {
        last.clear();
        file.read(last, end - 1);
        if (last.get(0) == '\n') {
          break;
        }
        end--;
      }
      file.truncate(end);
    }
  }
}
