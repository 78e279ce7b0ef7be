package io.stockledger.house;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The SQL statements of the product are constants, and the build writes all of them into {@code
 * target/statements.sql}, where {@code tools/sql-grammar} checks them with TiDB's own parser.
 */
final class StatementsTest {
  private static final Path CLASSES = Path.of("target/classes");
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path STATEMENTS = Path.of("target/statements.sql");

  /** Key words are in capitals, so a sentence that begins with "Show" is no statement. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\s*\\(?(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|SET|SHOW|CREATE|DROP|ALTER|TRUNCATE"
              + "|BEGIN|START|COMMIT|ROLLBACK|EXPLAIN|DESCRIBE|ANALYZE|KILL|LOCK|UNLOCK|USE|ADMIN"
              + "|CALL|EXECUTE|PREPARE|FLUSH|GRANT)\\b.*",
          Pattern.DOTALL);

  /** Statements of one word, which no grammar check can find fault with. */
  private static final Set<String> ONE_WORD = Set.of("BEGIN", "COMMIT", "ROLLBACK");

  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("/\\*.*?\\*/|--[^\\n]*|'[^']*'", Pattern.DOTALL);

  private static final Pattern FUNCTION = Pattern.compile("\\b([A-Za-z_][A-Za-z_0-9]*)\\(");

  /** The functions, and types with a length, that MariaDB 11.4, MySQL 9.7 and TiDB 8.5 have. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "CAST",
          "COALESCE",
          "CONVERT",
          "CONCAT",
          "CONNECTION_ID",
          "COUNT",
          "CURRENT_TIMESTAMP",
          "DATABASE",
          "DATETIME",
          "DECIMAL",
          "GET_LOCK",
          "GREATEST",
          "LAG",
          "LEFT",
          "LENGTH",
          "LOWER",
          "MAX",
          "MIN",
          "NOW",
          "RELEASE_LOCK",
          "ROW_COUNT",
          "SHA2",
          "SUM",
          "UTC_TIMESTAMP",
          "VALUES",
          "VARCHAR");

  /** SQL texts that may be outside of a constant, by class, each with the reason. */
  private static final Map<String, Set<String>> NOT_CONSTANT =
      Map.of(
          // Put before the constants of other classes.
          "io.stockledger.ledger.explain.Explainer",
          Set.of(
              "EXPLAIN FORMAT=TRADITIONAL",
              "EXPLAIN ANALYZE",
              "EXPLAIN ANALYZE FORMAT=TREE",
              "ANALYZE"),
          // TiDB's grammar has a number in KILL, and no parameter.
          "io.stockledger.db.SessionSource",
          Set.of("KILL QUERY"),
          // SHOW takes no parameter in place of a table's name.
          "io.stockledger.ledger.setup.SchemaCheck",
          Set.of("SHOW CREATE TABLE", "SHOW FULL COLUMNS FROM", "SHOW INDEX FROM"),
          // The list of tables is made from the constants of the class.
          "io.stockledger.race.sale.RaceTable",
          Set.of("DROP TABLE IF EXISTS"));

  /** Packages that send statements of their own: from each, at least one must be found. */
  private static final Set<String> PACKAGES_WITH_SQL =
      Set.of(
          "io.stockledger.db",
          "io.stockledger.ledger",
          "io.stockledger.ledger.closing",
          "io.stockledger.ledger.explain",
          "io.stockledger.ledger.setup",
          "io.stockledger.ledger.transfer",
          "io.stockledger.ledger.verify",
          "io.stockledger.race.sale",
          "io.stockledger.race.strategy");

  /** A statement, and the constant that holds it: its class and its name. */
  private record Statement(String className, String constant, String text) {
    String packageName() {
      return className.substring(0, className.lastIndexOf('.'));
    }

    /** Whether it is a fragment with which another constant of its class begins. */
    boolean isBeginningOf(Statement other) {
      return className.equals(other.className)
          && other.text.length() > text.length()
          && other.text.startsWith(text);
    }
  }

  /** A text in a source that begins as a statement; the constant is empty if it is in none. */
  private record SqlText(String className, String constant, String text) {
    boolean isIn(Collection<Statement> statements) {
      return !constant.isEmpty()
          && statements.stream()
              .anyMatch(
                  statement ->
                      statement.className.equals(className) && statement.text.contains(text));
    }

    boolean mayBeOutsideOfConstants() {
      return ONE_WORD.contains(text)
          || NOT_CONSTANT.getOrDefault(className, Set.of()).contains(text);
    }
  }

  @Test
  void writesEveryStatementOfTheProduct() throws Exception {
    List<Statement> statements = statements();

    assertThat(statements)
        .as("packages with statements")
        .extracting(Statement::packageName)
        .containsAll(PACKAGES_WITH_SQL);
    Files.writeString(
        STATEMENTS,
        statements.stream()
            .filter(statement -> statements.stream().noneMatch(statement::isBeginningOf))
            .map(
                statement ->
                    "-- %s.%s\n%s;\n"
                        .formatted(statement.className, statement.constant, statement.text))
            .sorted()
            .collect(joining("\n")));
  }

  @Test
  void everySqlTextOfTheSourcesIsInAConstantThatIsWritten() throws Exception {
    List<Statement> statements = statements();
    List<SqlText> texts = sqlTexts();

    assertThat(texts).as("SQL texts of the sources").hasSizeGreaterThan(PACKAGES_WITH_SQL.size());
    assertThat(texts)
        .filteredOn(text -> !text.isIn(statements) && !text.mayBeOutsideOfConstants())
        .as("SQL texts that are not in a static final constant whose value begins as a statement")
        .isEmpty();
  }

  /** MySQL took MD5 and SHA1 out in 9.6, and a race could not begin there. */
  @Test
  void everyFunctionIsOnEachOfTheServers() throws Exception {
    List<String> names = new ArrayList<>();
    for (Statement statement : statements()) {
      String sql = COMMENT_OR_TEXT.matcher(statement.text).replaceAll(" ");
      FUNCTION.matcher(sql).results().map(call -> call.group(1)).forEach(names::add);
    }
    assertThat(names).as("functions").hasSizeGreaterThan(FUNCTIONS.size());
    assertThat(Set.copyOf(names))
        .as("functions, none of which was tried on MariaDB, MySQL and TiDB")
        .isSubsetOf(FUNCTIONS);
  }

  private static List<Statement> statements() throws Exception {
    Map<List<String>, Statement> statements = new LinkedHashMap<>();
    for (Path file : files(CLASSES, ".class")) {
      Class<?> type = Class.forName(className(CLASSES, file));
      for (Field constant : type.getDeclaredFields()) {
        if (Modifier.isStatic(constant.getModifiers())
            && Modifier.isFinal(constant.getModifiers())) {
          constant.setAccessible(true);
          for (String text : texts(constant.get(null))) {
            if (STATEMENT.matcher(text).matches()) {
              Statement statement = new Statement(type.getName(), constant.getName(), end(text));
              // A list of a class repeats what its other constants hold.
              statements.putIfAbsent(List.of(statement.className, statement.text), statement);
            }
          }
        }
      }
    }
    return List.copyOf(statements.values());
  }

  /** The texts that a constant holds: itself, the components of a record, the values of a list. */
  private static List<String> texts(Object value) throws ReflectiveOperationException {
    List<String> texts = new ArrayList<>();
    if (value instanceof String text) {
      texts.add(text);
    } else if (value instanceof Collection<?> values) {
      for (Object each : values) {
        texts.addAll(texts(each));
      }
    } else if (value instanceof Map<?, ?> map) {
      texts.addAll(texts(map.values()));
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        texts.addAll(texts(component.getAccessor().invoke(value)));
      }
    }
    return texts;
  }

  /** The text without the white space and the semicolon at its ends. */
  private static String end(String text) {
    return text.strip().replaceFirst("\\s*;$", "");
  }

  private static List<SqlText> sqlTexts() throws IOException {
    List<SqlText> texts = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  null,
                  null,
                  manager.getJavaFileObjectsFromPaths(files(SOURCES, ".java")));
      for (CompilationUnitTree source : task.parse()) {
        new SqlTexts().scan(source, texts);
      }
    }
    return texts;
  }

  /** Collects the string literals and text blocks of a source that begin as a statement. */
  private static final class SqlTexts extends TreePathScanner<Void, List<SqlText>> {
    @Override
    public Void visitLiteral(LiteralTree literal, List<SqlText> found) {
      if (literal.getValue() instanceof String text
          && STATEMENT.matcher(text).matches()
          && !isPattern()) {
        found.add(new SqlText(className(), constant(), end(text)));
      }
      return super.visitLiteral(literal, found);
    }

    /** A regular expression reads statements and is none. */
    private boolean isPattern() {
      return getCurrentPath().getParentPath().getLeaf() instanceof MethodInvocationTree call
          && call.getMethodSelect().toString().equals("Pattern.compile");
    }

    private String className() {
      List<String> names = new ArrayList<>();
      for (Tree tree : getCurrentPath()) {
        if (tree instanceof ClassTree type) {
          names.add(0, type.getSimpleName().toString());
        }
      }
      return getCurrentPath().getCompilationUnit().getPackageName() + "." + String.join("$", names);
    }

    /** The constant that the literal helps to initialise, or "" if there is none. */
    private String constant() {
      for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
        if (path.getLeaf() instanceof VariableTree variable) {
          return variable
                  .getModifiers()
                  .getFlags()
                  .containsAll(
                      Set.of(
                          javax.lang.model.element.Modifier.STATIC,
                          javax.lang.model.element.Modifier.FINAL))
              ? variable.getName().toString()
              : "";
        }
      }
      return "";
    }
  }

  private static List<Path> files(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> !file.getFileName().toString().endsWith("-info" + ending))
          .sorted()
          .toList();
    }
  }

  private static String className(Path directory, Path file) {
    return directory.relativize(file).toString().replaceFirst("\\.class$", "").replace('/', '.');
  }
}
