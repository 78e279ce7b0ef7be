package io.stockledger.cli.connection;

import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Checks who can change and who can read a configuration file. A file of another user, such as one
 * in a shared folder, could send a password to another database. On a file system without owners in
 * the manner of POSIX nothing is checked.
 */
final class TrustedFile {
  private static final String SUPERUSER = "root";

  /** Linux's folder of the process that looks at it, which belongs to the user of that process. */
  private static final Path OWN_PROCESS = Path.of("/proc/self");

  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private TrustedFile() {}

  /**
   * Refuses a file of another user than this one and root, and a file that everyone can change.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  static void requireOwn(Path path) throws IOException {
    if (!hasPosixAttributes(path)) {
      return;
    }
    // A link of another user could lead to a file of this user that was meant for another folder.
    requireOwner(path, attributes(path, LinkOption.NOFOLLOW_LINKS));
    PosixFileAttributes file = attributes(path);
    requireOwner(path, file);
    if (file.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IllegalArgumentException(
          "Everyone can change the configuration file "
              + shown(path)
              + ". Run: chmod o-w "
              + shown(path));
    }
  }

  /**
   * Refuses a file that others can read.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  static void requireSecret(Path path) throws IOException {
    if (hasPosixAttributes(path)
        && attributes(path).permissions().stream().anyMatch(OF_OTHERS::contains)) {
      throw new IllegalArgumentException(
          "The configuration file "
              + shown(path)
              + " holds a password, and others have access to it. Run: chmod 600 "
              + shown(path));
    }
  }

  private static boolean hasPosixAttributes(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  private static PosixFileAttributes attributes(Path path, LinkOption... options)
      throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, options);
  }

  private static void requireOwner(Path path, PosixFileAttributes attributes) throws IOException {
    String owner = attributes.owner().getName();
    if (owner.equals(System.getProperty("user.name")) || owner.equals(SUPERUSER)) {
      return;
    }
    // A user without a name, as in a container: the property is "?", the owner's name a number.
    if (Files.exists(OWN_PROCESS) && attributes.owner().equals(Files.getOwner(OWN_PROCESS))) {
      return;
    }
    throw new IllegalArgumentException(
        "The configuration file "
            + shown(path)
            + " belongs to another user, "
            + PrintableText.quoted(owner)
            + ", and could send your password to another database. Make the file yours, or run"
            + " stock in another folder.");
  }

  private static String shown(Path path) {
    return "'" + PrintableText.printable(path.toString()) + "'";
  }
}
