package io.stockledger.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the text for a path goes: the file at the end of all symbolic links, which may not exist,
 * or a descriptor of this process.
 *
 * @param path absolute
 * @param descriptor the number of the descriptor, of a path such as /dev/stdout
 */
record OutputTarget(Path path, Optional<Integer> descriptor) {
  /** More links in a row than Linux follows (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  /** The folder of this process's descriptors, on Linux and on macOS. */
  private static final Path[] DESCRIPTORS = {Path.of("/proc/self/fd"), Path.of("/dev/fd")};

  static OutputTarget of(Path path) throws IOException {
    Path file = path.toAbsolutePath();
    for (int links = 0; links <= MOST_LINKS; links++) {
      Optional<Integer> descriptor = descriptorOf(file);
      if (descriptor.isPresent() || !Files.isSymbolicLink(file)) {
        return new OutputTarget(file, descriptor);
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    throw new FileSystemLoopException(path.toString());
  }

  private static Optional<Integer> descriptorOf(Path file) throws IOException {
    Path folder = file.getParent();
    Path name = file.getFileName();
    if (name == null || !name.toString().matches("[0-9]{1,9}") || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    for (Path descriptors : DESCRIPTORS) {
      if (Files.isDirectory(descriptors) && Files.isSameFile(folder, descriptors)) {
        return Optional.of(Integer.valueOf(name.toString()));
      }
    }
    return Optional.empty();
  }
}
