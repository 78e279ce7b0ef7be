package io.stockledger.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes, in the build, the documents as they are installed: the command is {@code stock} there,
 * and not {@code scripts/stock} of a checkout. A paragraph about the checkout gives way to the one
 * in the comment behind it.
 */
public final class InstalledDocuments {
  private static final Pattern ABOUT_CHECKOUT =
      Pattern.compile("(?s)<!-- in the checkout -->\n.*?<!-- elsewhere: (.*?) -->\n");

  private InstalledDocuments() {}

  /**
   * Writes the files.
   *
   * @param arguments the folder of the documents, and the one to write
   */
  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    List<Path> files;
    try (Stream<Path> all = Files.walk(source)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Path installed = target.resolve(source.relativize(file).toString());
      Files.createDirectories(installed.getParent());
      if (file.toString().endsWith(".md")) {
        Files.writeString(installed, installed(Files.readString(file)));
      } else {
        Files.write(installed, Files.readAllBytes(file));
      }
    }
  }

  static String installed(String document) {
    return ABOUT_CHECKOUT.matcher(document).replaceAll("$1\n").replace("scripts/stock", "stock");
  }
}
