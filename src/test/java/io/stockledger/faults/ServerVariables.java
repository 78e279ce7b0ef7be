package io.stockledger.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The session variables that a server lists, with other values for each of them: both words of a
 * switch, the words of an enumeration, the limits 0 and 1, an empty text. Which of them a variable
 * takes is found out by setting them.
 */
final class ServerVariables {
  private static final String NULL = "NULL";

  /** Numbers are the words of an enumeration, too: the server accepts them by their place. */
  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "4",
          "5",
          "'ON'",
          "'OFF'",
          "''",
          "'-5'",
          "'latin1'",
          "'utf8mb4_general_ci'",
          "'+09:00'",
          "'MyISAM'",
          "'MEMORY'",
          "'de_DE'",
          "'bulk'",
          "'weak'",
          "'follower'",
          "'optimistic'",
          "'tikv'");

  /** The words of sql_mode that one of MariaDB, MySQL and TiDB knows. */
  private static final List<String> MODES =
      List.of(
          "'ALLOW_INVALID_DATES'",
          "'ANSI'",
          "'ANSI_QUOTES'",
          "'DB2'",
          "'EMPTY_STRING_IS_NULL'",
          "'ERROR_FOR_DIVISION_BY_ZERO'",
          "'HIGH_NOT_PRECEDENCE'",
          "'IGNORE_SPACE'",
          "'MAXDB'",
          "'MSSQL'",
          "'NO_AUTO_VALUE_ON_ZERO'",
          "'NO_BACKSLASH_ESCAPES'",
          "'NO_DIR_IN_CREATE'",
          "'NO_ENGINE_SUBSTITUTION'",
          "'NO_FIELD_OPTIONS'",
          "'NO_KEY_OPTIONS'",
          "'NO_TABLE_OPTIONS'",
          "'NO_UNSIGNED_SUBTRACTION'",
          "'NO_ZERO_DATE'",
          "'NO_ZERO_IN_DATE'",
          "'ONLY_FULL_GROUP_BY'",
          "'ORACLE'",
          "'PAD_CHAR_TO_FULL_LENGTH'",
          "'PIPES_AS_CONCAT'",
          "'POSTGRESQL'",
          "'REAL_AS_FLOAT'",
          "'SIMULTANEOUS_ASSIGNMENT'",
          "'STRICT_ALL_TABLES'",
          "'TIME_ROUND_FRACTIONAL'",
          "'TIME_TRUNCATE_FRACTIONAL'",
          "'TRADITIONAL'");

  /**
   * A value for a variable.
   *
   * @param literal as it is written in SET
   * @param isGlobal whether only a user who may do everything can set it, as the server's default
   */
  record Case(String variable, String literal, String usual, boolean isGlobal) {
    String assignment() {
      return variable + " = " + literal;
    }
  }

  private final ServerWithUsers server;

  ServerVariables(ServerWithUsers server) {
    this.server = server;
  }

  /** Returns the cases of all variables, in the order of the alphabet. */
  List<Case> cases() throws SQLException {
    List<Case> cases = new ArrayList<>();
    for (String variable : names()) {
      cases.addAll(casesOf(variable));
    }
    return cases;
  }

  /** Asks as an ordinary user, whose sessions are the ones to change. */
  private List<String> names() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = server.newOrdinary();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW SESSION VARIABLES")) {
      while (rows.next()) {
        names.add(rows.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    return names.stream().distinct().sorted().toList();
  }

  /** One case for each value that the variable then has and did not have before. */
  private List<Case> casesOf(String variable) throws SQLException {
    Map<String, Case> byValue = new LinkedHashMap<>();
    Optional<String> usual = sessionValue(variable);
    if (usual.isEmpty()) {
      return List.of();
    }
    for (String literal : literals(variable, usual.get()).toList()) {
      Optional<String> ordinary = valueOf(false, variable, literal);
      ordinary.ifPresent(
          value -> byValue.putIfAbsent(value, new Case(variable, literal, usual.get(), false)));
      if (ordinary.isEmpty()) {
        valueOf(true, variable, literal)
            .ifPresent(
                value ->
                    byValue.putIfAbsent(value, new Case(variable, literal, usual.get(), true)));
      }
    }
    byValue.remove(usual.get());
    return List.copyOf(byValue.values());
  }

  private static Stream<String> literals(String variable, String usual) {
    if (variable.equals("sql_mode")) {
      return Stream.concat(Stream.of("''"), MODES.stream());
    }
    // A list of switches: each of them the other way.
    if (usual.matches("[a-z0-9_]+=(on|off)(,.*)?")) {
      return Stream.of(usual.split(","))
          .filter(flag -> flag.matches("[a-z0-9_]+=(on|off)"))
          .map(
              flag ->
                  flag.endsWith("=on") ? flag.replace("=on", "=off") : flag.replace("=off", "=on"))
          .map(flag -> "'" + flag + "'");
    }
    return VALUES.stream();
  }

  /** Returns the value in a new session; empty if the variable is none of sessions. */
  private Optional<String> sessionValue(String variable) throws SQLException {
    try (Connection connection = server.newOrdinary();
        Statement statement = connection.createStatement()) {
      return value(statement, "SELECT @@SESSION." + variable);
    }
  }

  /** Returns the value that the variable has after it was set; empty if it can't be set so. */
  private Optional<String> valueOf(boolean isGlobal, String variable, String literal)
      throws SQLException {
    return isGlobal ? globalValueOf(variable, literal) : sessionValueOf(variable, literal);
  }

  private Optional<String> sessionValueOf(String variable, String literal) throws SQLException {
    try (Connection connection = server.newOrdinary();
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION " + variable + " = " + literal);
      return value(statement, "SELECT @@SESSION." + variable);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private Optional<String> globalValueOf(String variable, String literal) throws SQLException {
    Optional<String> before;
    try (Statement statement = server.root().createStatement()) {
      before = value(statement, "SELECT @@GLOBAL." + variable);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      statement.execute("SET GLOBAL " + variable + " = " + literal);
      Optional<String> value = value(statement, "SELECT @@GLOBAL." + variable);
      restore(variable, before.get());
      return value;
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  /** Makes a default what it was. */
  void restore(String variable, String value) {
    boolean isBare = value.equals(NULL) || value.matches("-?[0-9]+(\\.[0-9]+)?");
    String quoted = isBare ? value : "'" + value.replace("'", "''") + "'";
    server.execute("SET GLOBAL " + variable + " = " + quoted);
  }

  private static Optional<String> value(Statement statement, String select) {
    try (ResultSet rows = statement.executeQuery(select)) {
      // With a limit of 0 rows the variable was set all the same.
      return Optional.of(
          rows.next() ? Objects.requireNonNullElse(rows.getString(1), NULL) : "no row");
    } catch (SQLException e) {
      return Optional.empty();
    }
  }
}
