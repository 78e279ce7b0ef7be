package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents of the project link to what is there, and the README stays short. */
final class DocumentsTest {
  private static final Path README = Path.of("README.md");
  private static final int LONGEST_README = 150;

  @Test
  void everyRelativeLinkPointsToAFileAndToAHeadingInIt() throws IOException {
    List<String> broken = new ArrayList<>();
    int relative = 0;
    for (Path file : documents()) {
      for (Markdown.Link link : Markdown.read(file).links()) {
        if (!link.target().matches("[a-z]+:.*")) {
          relative++;
          if (!leadsSomewhere(file, link.target())) {
            broken.add(file + ", line " + link.line() + ": " + link.target());
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(relative).isPositive();
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(README).size()).as("lines").isLessThanOrEqualTo(LONGEST_README);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> root = Files.list(Path.of("."));
        Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(root, docs)
          .map(Path::normalize)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static boolean leadsSomewhere(Path from, String target) throws IOException {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? from : from.resolveSibling(path);
    if (!Files.exists(file)) {
      return false;
    }
    return hash < 0 || Markdown.read(file).anchors().contains(target.substring(hash + 1));
  }
}
