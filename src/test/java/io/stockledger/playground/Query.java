package io.stockledger.playground;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;

/**
 * {@code scripts/query}: a small SQL client, because a machine with only a JDK has none. It prints
 * the rows of a query with tabs between the values, column names first, and for a statement that
 * writes the number of rows that it changed. It finds its database by the same variables as {@code
 * stock}. All of it is one file, so that {@code java -cp target/stock-ledger.jar Query.java SQL}
 * runs it.
 */
public final class Query {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private static final String USAGE =
      """
      Usage: query SQL
      Runs one SQL statement and prints its rows, column names first, with tabs between the values,
      or the number of rows that it changed.
      The database is the one that stock uses: STOCK_DB_URL, by default
      jdbc:mysql://127.0.0.1:4000/test, STOCK_DB_USER, by default root, and STOCK_DB_PASSWORD or
      STOCK_DB_PASSWORD_FILE.
      """;

  private Query() {}

  /** Ends with 0, with 1 if the statement failed, or with 2 for wrong usage. */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    int status = run(System.getenv(), out, System.err, arguments);
    out.flush();
    System.exit(status);
  }

  /**
   * Runs one call of {@code scripts/query}.
   *
   * @param environment where the database is named, as {@link System#getenv()}
   * @return the exit status
   */
  public static int run(
      Map<String, String> environment, PrintStream out, PrintStream err, String... arguments) {
    if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
      out.print(USAGE);
      return DONE;
    }
    if (arguments.length != 1 || arguments[0].isBlank()) {
      err.print(USAGE);
      return WRONG_USAGE;
    }
    try (Connection connection = connect(environment);
        Statement statement = connection.createStatement()) {
      if (statement.execute(arguments[0])) {
        print(statement.getResultSet(), out);
      } else {
        out.println("Rows changed: " + statement.getUpdateCount());
      }
      return DONE;
    } catch (SQLException | IOException e) {
      // The driver's words may have several lines.
      err.println("query: " + e.getMessage().replaceAll("\\s*\\R\\s*", " "));
      return FAILED;
    }
  }

  private static Connection connect(Map<String, String> environment)
      throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("user", environment.getOrDefault("STOCK_DB_USER", "root"));
    properties.setProperty("password", password(environment));
    // Without it the driver counts the rows that an UPDATE found, changed or not.
    properties.setProperty("useAffectedRows", "true");
    return DriverManager.getConnection(
        environment.getOrDefault("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:4000/test"), properties);
  }

  private static String password(Map<String, String> environment) throws IOException {
    String file = environment.get("STOCK_DB_PASSWORD_FILE");
    if (environment.containsKey("STOCK_DB_PASSWORD") || file == null) {
      return environment.getOrDefault("STOCK_DB_PASSWORD", "");
    }
    return Files.readString(Path.of(file)).lines().findFirst().orElse("");
  }

  private static void print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    StringJoiner names = new StringJoiner("\t");
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      names.add(columns.getColumnLabel(column));
    }
    out.println(names);
    while (rows.next()) {
      StringJoiner values = new StringJoiner("\t");
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        values.add(rows.getString(column));
      }
      out.println(values);
    }
  }
}
