package io.stockledger;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The standard streams of this process as its caller gave them, also if the caller closed some.
 *
 * <p>A file that a process opens gets its lowest free descriptor (POSIX, open). So if the caller
 * closed stdin, as in {@code stock shell <&-}, descriptor 0 is a file that Java opened for itself
 * while it started: the file of Java's modules, or the jar. {@code scripts/stock} puts /dev/null in
 * the place of closed streams; this class is for a Java that is started without it.
 *
 * <p>Java opens these files for reading only (seen with OpenJDK 17: modules, then the jar), so in
 * the place of stdout or stderr they take no output: each write fails, as on a closed descriptor.
 * The connection to the database gets none of these descriptors, because Java has read its file
 * net.properties before, and leaves /dev/null where that file was.
 */
final class StandardStreams {
  /** The bits of a descriptor's flags that say for what it is open; open(2), fcntl.h of Linux. */
  private static final long ACCESS_MODE = 03;

  private static final long WRITE_ONLY = 01;

  private StandardStreams() {}

  /** Returns stdin; empty if the caller closed stdin, which is found out when it is first used. */
  static InputStream stdin() {
    return new Stdin();
  }

  /** Whether descriptor 0 is not what the caller gave, because the caller gave none. */
  private static boolean isStdinClosed() {
    try {
      // Such as a log of Java, or the /dev/null that Java leaves where it closes one of its files,
      // because it never frees the descriptors 0 to 2 (io_util_md.c, fileDescriptorClose).
      if ((flagsOfStdin() & ACCESS_MODE) == WRITE_ONLY) {
        return true;
      }
      Path file = Path.of("/proc/self/fd/0").toRealPath();
      return file.startsWith(Path.of(System.getProperty("java.home")).toRealPath())
          || isOfClassPath(file);
    } catch (IOException | InvalidPathException e) {
      // A pipe or a socket has no path, and a system without /proc has no such file.
      return false;
    }
  }

  /** Reads the line of proc(5), /proc/pid/fdinfo, that has the flags in octal digits. */
  private static long flagsOfStdin() throws IOException {
    String name = "flags:";
    return Files.readAllLines(Path.of("/proc/self/fdinfo/0")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip(), 8))
        .findFirst()
        .orElse(0);
  }

  private static boolean isOfClassPath(Path file) throws IOException {
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      if (new File(entry).isFile() && Path.of(entry).toRealPath().equals(file)) {
        return true;
      }
    }
    return false;
  }

  private static final class Stdin extends FilterInputStream {
    private boolean isChecked;

    Stdin() {
      super(System.in);
    }

    private void check() {
      if (!isChecked) {
        isChecked = true;
        if (isStdinClosed()) {
          in = InputStream.nullInputStream();
        }
      }
    }

    @Override
    public int read() throws IOException {
      check();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      check();
      return super.read(bytes, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
      check();
      return super.skip(count);
    }

    @Override
    public int available() throws IOException {
      check();
      return super.available();
    }

    /** Without the check Java's own file would be closed, and Java would crash. */
    @Override
    public void close() throws IOException {
      check();
      super.close();
    }
  }
}
