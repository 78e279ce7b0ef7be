package io.stockledger.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

final class ClassFilesIT {
  private static final int JAVA_6 = 50;

  @Test
  void noClassFileOfTheJarIsOlderThanTheFormatThatAnArchiveKeepsVerified() throws IOException {
    Map<String, Integer> versions = new TreeMap<>();
    try (JarFile jar = new JarFile(Path.of("target/stock-ledger.jar").toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().endsWith(".class")) {
          ByteBuffer file = ByteBuffer.wrap(jar.getInputStream(entry).readNBytes(8));
          versions.put(entry.getName(), (int) file.getShort(6));
        }
      }
    }
    assertThat(versions).containsKey("picocli/CommandLine.class");
    assertThat(versions.values()).allMatch(version -> version >= JAVA_6);
  }
}
