package io.stockledger.stream;

import io.stockledger.stream.UnusableSocketException.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A Unix domain socket as a file. Its rights are the only door: to connect takes the right to write
 * to it (unix(7)), and its folder must be one in which nobody else can put another socket in its
 * place.
 */
public final class SocketFile implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final ServerSocketChannel channel;
  private final Object key;

  private SocketFile(Path path, ServerSocketChannel channel, Object key) {
    this.path = path;
    this.channel = channel;
    this.key = key;
  }

  /**
   * Makes the socket, in the place of one that a process left which is gone.
   *
   * @param rights who may connect
   * @throws UnusableSocketException if it can't be made
   */
  public static SocketFile make(Path path, Set<PosixFilePermission> rights) {
    try {
      checkFolder(path);
      checkPlace(path);
      return bind(path, rights);
    } catch (IOException | UnsupportedOperationException e) {
      throw new UnusableSocketException(path, Reason.SYSTEM, e);
    }
  }

  private static void checkFolder(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UnusableSocketException(path, Reason.NO_FOLDER, null);
    }
    if (Files.getPosixFilePermissions(folder).stream().anyMatch(OTHERS::contains)) {
      throw new UnusableSocketException(path, Reason.OPEN_FOLDER, null);
    }
  }

  private static void checkPlace(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      throw new UnusableSocketException(path, Reason.NO_SOCKET, null);
    }
    if (isAlive(path)) {
      throw new UnusableSocketException(path, Reason.IN_USE, null);
    }
  }

  private static boolean isAlive(Path path) {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return client.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes the socket in a folder that nobody else can enter, and moves it to its place when it has
   * its rights: there is no moment at which others can connect.
   */
  private static SocketFile bind(Path path, Set<PosixFilePermission> rights) throws IOException {
    Path folder =
        Files.createTempDirectory(
            path.toAbsolutePath().getParent(),
            ".s",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path unready = folder.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(unready), BACKLOG);
      Files.setPosixFilePermissions(unready, rights);
      Object key = key(unready);
      Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE);
      return new SocketFile(path, channel, key);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    } finally {
      Files.deleteIfExists(unready);
      Files.deleteIfExists(folder);
    }
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  ServerSocketChannel channel() {
    return channel;
  }

  /** Takes no more clients, and removes the file unless another process has replaced it. */
  @Override
  public void close() {
    try {
      channel.close();
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key(path).equals(key)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // The next stream finds that nobody accepts connections, and replaces it.
    }
  }
}
