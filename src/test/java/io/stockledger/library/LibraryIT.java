package io.stockledger.library;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as a program gets it: its archive, and what comes with it by its POM. */
class LibraryIT {
  private static final Path CLASSES = Path.of("target/classes");
  private static final Path SOURCES = Path.of("src/main/java/io/stockledger");
  private static final Path COMMAND_LINE = Path.of("target/stock-ledger.jar");
  private static final Path EXAMPLE = Path.of("docs/examples/embedding/Shop.java");
  private static final Path DOCUMENT = Path.of("docs/embedding.md");

  private static final Pattern MAY_IMPORT = Pattern.compile("May import ([^.]|\\.(?=[a-z]))+\\.");
  private static final Pattern PACKAGE = Pattern.compile("\\{@code ([a-z.]+)\\}");

  @TempDir private Path folder;

  @Test
  void theArchiveHasThePackagesThatStockLedgerReachesAndNoOthers() throws IOException {
    Set<String> reached = new TreeSet<>();
    reach("library", reached);
    Set<String> expected =
        classes(CLASSES).stream()
            .filter(name -> reached.contains(packageOf(name)))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(classesOf(library())).isEqualTo(expected);
    assertThat(otherFilesOf(library()))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF",
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/maven/io.stockledger/stock-ledger/pom.xml",
            "META-INF/maven/io.stockledger/stock-ledger/pom.properties",
            "sql/schema.sql",
            "sql/tiflash.sql",
            "sql/initial-data.sql");
  }

  @Test
  void theCommandLineHasEveryClass() throws IOException {
    assertThat(classesOf(COMMAND_LINE)).containsAll(classes(CLASSES));
  }

  @Test
  void theSourcesAreThoseOfTheLibrary() throws IOException {
    Set<String> sources =
        entries(ConsumerClassPath.built("-sources")).stream()
            .filter(name -> name.endsWith(".java"))
            .map(name -> name.replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());

    Set<String> expected = new TreeSet<>();
    for (String name : classesOf(library())) {
      expected.add(name.replaceFirst("(\\$.*)?\\.class$", ""));
    }
    assertThat(sources).isEqualTo(expected);
  }

  @Test
  void theJavadocHasAPageForStockLedger() throws IOException {
    assertThat(entries(ConsumerClassPath.built("-javadoc")))
        .contains("io/stockledger/library/StockLedger.html")
        .doesNotContain("io/stockledger/db/Database.html");
  }

  @Test
  void itsPomBringsNothingOfTheCommandLine() throws IOException {
    assertThat(ConsumerClassPath.libraries())
        .containsOnlyKeys("mysql-connector-j", "HikariCP", "slf4j-api");
  }

  /** Also what no test runs: jdeps reads which classes each class names. */
  @Test
  void noClassOfItNeedsAnotherOne() throws IOException {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                writer,
                writer,
                "--multi-release",
                "17",
                "--missing-deps",
                "--class-path",
                ConsumerClassPath.libraries().values().stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)),
                library().toString());

    assertThat(out.toString()).doesNotContain("io.stockledger").isEmpty();
    assertThat(status).isZero();
  }

  /**
   * The third order is made, its answer is lost, and the look-up fails as on a server that is
   * closing: so its outcome is not known until it is asked for again.
   */
  @Test
  void theExampleOfTheDocumentRuns() throws IOException, InterruptedException {
    String schema = TestDatabase.server().newSchema();
    try (FaultProxy proxy = FaultProxy.startBefore(schema)) {
      Rule unknown =
          proxy
              .when(statement("SELECT").and(statement("order-3")))
              .once()
              .then(Actions.answerError(1290, "HY000", "running with the --read-only option"));
      Rule lost =
          proxy
              .when(statement("INSERT INTO stock_moves").and(statement("order-3")))
              .once()
              .then(Actions.cutBeforeAnswer(Cut.FIN));

      assertThat(runExample(proxy.url(schema))).isEqualTo(blockOf("text"));

      assertThat(lost.timesFired()).isEqualTo(1);
      assertThat(unknown.timesFired()).isEqualTo(1);
    }
    assertThat(
            LedgerInvariants.moves(schema).stream()
                .filter(move -> move.requestId().equals("order-3")))
        .hasSize(2);
    LedgerInvariants.check(schema);
  }

  @Test
  void theExampleIsThatOfTheDocument() throws IOException {
    assertThat(Files.readString(EXAMPLE)).isEqualTo(blockOf("java"));
  }

  private String runExample(String url) throws IOException, InterruptedException {
    StringWriter messages = new StringWriter();
    int compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(messages, true),
                new PrintWriter(messages, true),
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "--release",
                "17",
                "-cp",
                ConsumerClassPath.all(),
                "-d",
                folder.toString(),
                EXAMPLE.toString());
    assertThat(messages.toString()).isEmpty();
    assertThat(compiled).isZero();

    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + File.pathSeparator + ConsumerClassPath.all(),
                "Shop",
                url,
                TestDatabase.server().user())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("SHOP_PASSWORD", TestDatabase.server().password());
    int status = builder.start().waitFor();
    assertThat(status).as(Files.readString(err)).isZero();
    return Files.readString(out);
  }

  private static Path library() throws IOException {
    return ConsumerClassPath.built("");
  }

  /** Returns the only block of the document in a language. */
  private static String blockOf(String language) throws IOException {
    Matcher block =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
            .matcher(Files.readString(DOCUMENT));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static void reach(String name, Set<String> reached) throws IOException {
    if (!reached.add(name)) {
      return;
    }
    String text =
        Files.readString(SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java"))
            .replaceAll("\\n \\*/?", "");
    Matcher sentence = MAY_IMPORT.matcher(text);
    assertThat(sentence.find()).as(name).isTrue();
    Matcher imported = PACKAGE.matcher(sentence.group());
    while (imported.find()) {
      reach(imported.group(1), reached);
    }
  }

  private static String packageOf(String classFile) {
    String inside = classFile.replaceFirst("^io/stockledger/", "");
    int slash = inside.lastIndexOf('/');
    return slash < 0 ? "" : inside.substring(0, slash).replace('/', '.');
  }

  private static Set<String> classes(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> classesOf(Path archive) throws IOException {
    return entries(archive).stream()
        .filter(name -> name.endsWith(".class"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> otherFilesOf(Path archive) throws IOException {
    return entries(archive).stream()
        .filter(name -> !name.endsWith(".class") && !name.endsWith("/"))
        .toList();
  }

  private static List<String> entries(Path archive) throws IOException {
    try (JarFile file = new JarFile(archive.toFile())) {
      return file.stream().map(JarEntry::getName).toList();
    }
  }
}
