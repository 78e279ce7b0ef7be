package io.stockledger.cli.connection;

import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file whose first line is a password, in UTF-8. */
final class PasswordFile {
  private static final int MOST_BYTES = 4096;

  private PasswordFile() {}

  /**
   * Returns the password.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  static String read(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      // Not the whole file, which may be endless: /dev/zero.
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "The password file "
                + PrintableText.quoted(file)
                + " has more than "
                + MOST_BYTES
                + " bytes.");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.lines().findFirst().orElse("");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "The password file " + PrintableText.quoted(file) + " is not UTF-8.", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "Can't read the password file " + PrintableText.quoted(file) + ".", e);
    }
  }
}
