package io.stockledger.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is read several times, while others write to it. */
final class RereadFileTest {
  private static final int BLOCK = RereadFile.BLOCK_BYTES;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 7})
  void eachReadingHasAllBytes(int length) throws IOException {
    byte[] bytes = bytes(length);
    Path path = Files.write(folder.resolve("file"), bytes);
    try (RereadFile file = RereadFile.open(path);
        RereadFile copy = RereadFile.of(TemporaryFile.copyOf(new ByteArrayInputStream(bytes)))) {
      for (int i = 0; i < 3; i++) {
        assertThat(file.read().readAllBytes()).isEqualTo(bytes);
        assertThat(copy.read().readAllBytes()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void aFileThatTakesTheNameChangesNothing() throws IOException {
    byte[] bytes = bytes(BLOCK + 7);
    Path path = Files.write(folder.resolve("file"), bytes);
    try (RereadFile file = RereadFile.open(path)) {
      assertThat(file.read().readAllBytes()).isEqualTo(bytes);
      Path other = Files.write(folder.resolve("other"), bytes(17));
      Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
      assertThat(file.read().readAllBytes()).isEqualTo(bytes);
    }
  }

  /** Each place of one changed byte, and how many bytes are handed on before it is noticed. */
  @ParameterizedTest
  @ValueSource(ints = {0, BLOCK - 1, BLOCK, 2 * BLOCK, 2 * BLOCK + 6})
  void noByteOfAChangedBlockIsHandedOn(int place) throws IOException {
    byte[] bytes = bytes(2 * BLOCK + 7);
    Path path = Files.write(folder.resolve("file"), bytes);
    try (RereadFile file = RereadFile.open(path)) {
      file.read().readAllBytes();
      byte[] changed = bytes.clone();
      changed[place]++;
      Files.write(path, changed);
      expectChangeAfter(file, Arrays.copyOf(bytes, place / BLOCK * BLOCK));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK, BLOCK + 6, BLOCK + 8, 2 * BLOCK, 2 * BLOCK + 1})
  void anotherLengthIsNoticedBeforeAnyByte(int length) throws IOException {
    byte[] bytes = bytes(BLOCK + 7);
    Path path = Files.write(folder.resolve("file"), bytes);
    try (RereadFile file = RereadFile.open(path)) {
      file.read().readAllBytes();
      Files.write(path, Arrays.copyOf(bytes, length));
      expectChangeAfter(file, new byte[0]);
    }
  }

  /** The last line of a file of whole blocks may have been half a line. */
  @Test
  void aFileOfWholeBlocksThatHasGrownIsNoticedBeforeItsLastBlock() throws IOException {
    byte[] bytes = bytes(2 * BLOCK);
    Path path = Files.write(folder.resolve("file"), bytes);
    try (RereadFile file = RereadFile.open(path)) {
      file.read().readAllBytes();
      InputStream again = file.read();
      assertThat(again.readNBytes(BLOCK)).isEqualTo(Arrays.copyOf(bytes, BLOCK));
      Files.write(path, new byte[] {1}, StandardOpenOption.APPEND);
      assertThatThrownBy(again::read).isInstanceOf(FileChangedException.class);
    }
  }

  @Test
  void aReadingThatStopsEarlyIsCheckedToo() throws IOException {
    byte[] bytes = bytes(2 * BLOCK);
    Path path = Files.write(folder.resolve("file"), bytes);
    try (RereadFile file = RereadFile.open(path)) {
      assertThat(file.read().readNBytes(10)).isEqualTo(Arrays.copyOf(bytes, 10));
      for (int length : new int[] {0, 5, BLOCK - 1}) {
        Files.write(path, Arrays.copyOf(bytes, length));
        expectChangeAfter(file, new byte[0]);
      }
      bytes[BLOCK]++;
      Files.write(path, bytes);
      assertThat(file.read().readAllBytes()).isEqualTo(bytes);
    }
  }

  private static void expectChangeAfter(RereadFile file, byte[] before) throws IOException {
    InputStream reading = file.read();
    assertThat(reading.readNBytes(before.length)).isEqualTo(before);
    assertThatThrownBy(reading::read).isInstanceOf(FileChangedException.class);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
