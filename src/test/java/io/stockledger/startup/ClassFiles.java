package io.stockledger.startup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * A step of the build: gives the class files of the jar that are older than Java 6, which are
 * picocli's, the format of Java 8. Java keeps older ones unverified in its archive of classes, and
 * verifying them takes 7 ms of each command; of lambdas that implement an older interface it keeps
 * none (bugs.openjdk.org, JDK-8261090). The code stays as it is: only the stack maps are added that
 * the newer format needs (The Java Virtual Machine Specification, 4.7.4).
 */
public final class ClassFiles {
  private static final int OLDEST_WITH_STACK_MAPS = 50;

  /** Where the major version is in a class file (The Java Virtual Machine Specification, 4.1). */
  private static final int MAJOR_VERSION = 6;

  private ClassFiles() {}

  /**
   * Rewrites the jar. The same jar results in the same bytes.
   *
   * @param arguments the jar
   */
  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(rewritten);
        ZipOutputStream to = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        ZipEntry copy = new ZipEntry(entry.getName());
        // Not setTime, which would write the local time of the build's time zone.
        copy.setTimeLocal(entry.getTimeLocal());
        to.putNextEntry(copy);
        to.write(withStackMaps(entry.getName(), from.getInputStream(entry).readAllBytes()));
        to.closeEntry();
      }
    }
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] withStackMaps(String name, byte[] content) {
    if (!name.endsWith(".class")
        || ByteBuffer.wrap(content).getShort(MAJOR_VERSION) >= OLDEST_WITH_STACK_MAPS) {
      return content;
    }
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    new ClassReader(content)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String className,
                  String signature,
                  String superName,
                  String[] interfaces) {
                super.visit(Opcodes.V1_8, access, className, signature, superName, interfaces);
              }
            },
            0);
    return writer.toByteArray();
  }
}
