package io.stockledger.cli.command.stream;

import io.stockledger.text.PrintableText;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The rights of a socket, given as three octal digits such as 0660. */
record SocketMode(Set<PosixFilePermission> rights) {
  static final SocketMode OF_OWNER =
      new SocketMode(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  /** From the highest bit to the lowest, as in the octal number. */
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OWNER_READ,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_EXECUTE,
  };

  /** Reads the digits. */
  static final class Converter implements ITypeConverter<SocketMode> {
    @Override
    public SocketMode convert(String value) {
      if (!value.matches("0?[0-7]{3}")) {
        throw new TypeConversionException(
            PrintableText.quoted(value) + " is no mode of three octal digits, such as 0660.");
      }
      int mode = Integer.parseInt(value, 8);
      Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
      for (int bit = 0; bit < BITS.length; bit++) {
        if ((mode & (1 << (BITS.length - 1 - bit))) != 0) {
          rights.add(BITS[bit]);
        }
      }
      return new SocketMode(rights);
    }
  }
}
