package io.stockledger.library;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What Maven puts on the class path of a program that depends on the library: the library, the
 * dependencies in its POM that are neither optional nor for tests, and theirs.
 */
final class ConsumerClassPath {
  private static final Path POM = Path.of("pom.xml");

  private ConsumerClassPath() {}

  /** Returns an archive of the build by its classifier; with an empty one, the library. */
  static Path built(String classifier) throws IOException {
    return Path.of("target", "stock-ledger-" + text(root(POM), "version") + classifier + ".jar");
  }

  /** Returns the archives beside the library, by the names of their artifacts. */
  static Map<String, Path> libraries() throws IOException {
    Map<String, Path> found = new LinkedHashMap<>();
    addDependencies(POM, Set.of(), found);
    return found;
  }

  /** Returns the class path with the library. */
  static String all() throws IOException {
    return Stream.concat(Stream.of(built("")), libraries().values().stream())
        .map(path -> path.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void addDependencies(Path pom, Set<String> excluded, Map<String, Path> found)
      throws IOException {
    for (Element dependency : dependencies(pom)) {
      String artifact = text(dependency, "artifactId");
      String scope = text(dependency, "scope");
      boolean isPassedOn =
          Set.of("", "compile", "runtime").contains(scope)
              && !text(dependency, "optional").equals("true")
              && !excluded.contains(artifact);
      if (isPassedOn && !found.containsKey(artifact)) {
        Path jar = jarOf(artifact);
        found.put(artifact, jar);
        // Maven keeps the POM beside the archive.
        Path pomOfJar = Path.of(jar.toString().replaceFirst("\\.jar$", ".pom"));
        addDependencies(pomOfJar, exclusions(dependency), found);
      }
    }
  }

  private static Path jarOf(String artifact) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().matches(artifact + "-\\d.*\\.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No archive of " + artifact));
  }

  private static Stream<Element> children(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE && node.getNodeName().equals(name))
        .map(Element.class::cast);
  }

  private static List<Element> dependencies(Path pom) throws IOException {
    return children(root(pom), "dependencies")
        .flatMap(list -> children(list, "dependency"))
        .toList();
  }

  private static Element root(Path pom) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(pom.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(pom.toString(), e);
    }
  }

  private static Set<String> exclusions(Element dependency) {
    return children(dependency, "exclusions")
        .flatMap(list -> children(list, "exclusion"))
        .map(exclusion -> text(exclusion, "artifactId"))
        .collect(Collectors.toSet());
  }

  private static String text(Element parent, String name) {
    return children(parent, name)
        .findFirst()
        .map(child -> child.getTextContent().strip())
        .orElse("");
  }
}
