package io.stockledger.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * The permissions of a file that takes the place of another one. Without POSIX's permissions a file
 * has those of its folder.
 */
final class FileRights {
  private static final FileAttribute<?>[] OF_FOLDER = {};

  private static final Set<PosixFilePermission> OF_GROUP =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE);

  private FileRights() {}

  /** Returns what a new file begins with: at no time may others read more than of the old file. */
  static FileAttribute<?>[] atFirst(Path old) throws IOException {
    return !Files.exists(old)
            || Files.getFileAttributeView(old, PosixFileAttributeView.class) == null
        ? OF_FOLDER
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(old))
        };
  }

  /** Gives a new file the permissions of the old one and, if the user may, its group. */
  static void copy(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
    Set<PosixFilePermission> permissions = new HashSet<>(old.permissions());
    if (!view.readAttributes().group().equals(old.group())) {
      try {
        view.setGroup(old.group());
      } catch (IOException e) {
        // The user is not in that group. Those of another group must not have its permissions.
        permissions.removeAll(OF_GROUP);
      }
    }
    view.setPermissions(permissions);
  }
}
