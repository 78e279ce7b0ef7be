package io.stockledger.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/**
 * Prints what a query gives, column names first, with tabs between: for scripts, since a machine
 * with only a JDK has no client. One file, so that {@code java -cp target/stock-ledger.jar
 * Query.java SQL} runs it. It connects as {@code stock} does, by the same variables.
 */
public final class Query {
  private Query() {}

  /** Takes the query as its one argument, or as several with spaces between. */
  public static void main(String[] arguments) throws IOException, SQLException {
    String url = variable("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:4000/test");
    try (Connection connection =
            DriverManager.getConnection(url, variable("STOCK_DB_USER", "root"), password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(String.join(" ", arguments))) {
      ResultSetMetaData columns = rows.getMetaData();
      StringJoiner names = new StringJoiner("\t");
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        names.add(columns.getColumnLabel(column));
      }
      System.out.println(names);
      while (rows.next()) {
        StringJoiner values = new StringJoiner("\t");
        for (int column = 1; column <= columns.getColumnCount(); column++) {
          values.add(rows.getString(column));
        }
        System.out.println(values);
      }
    }
  }

  private static String password() throws IOException {
    String file = System.getenv("STOCK_DB_PASSWORD_FILE");
    if (System.getenv("STOCK_DB_PASSWORD") == null && file != null) {
      return Files.readString(Path.of(file)).lines().findFirst().orElse("");
    }
    return variable("STOCK_DB_PASSWORD", "");
  }

  private static String variable(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }
}
