package io.stockledger.db;

import com.mysql.cj.jdbc.JdbcConnection;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Locale;

/**
 * A connection that tells a {@link StatementListener} of each statement that is sent on it. Every
 * connection of a database comes from one place, so that no statement is left out. Without a
 * listener a connection is not wrapped, so that it costs nothing.
 */
final class ObservedConnection {
  private ObservedConnection() {}

  static Connection of(Connection connection, StatementListener listener) {
    return proxy(
        JdbcConnection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              // So that a statement that is prepared on what is behind the pool is told of, too.
              case "unwrap" ->
                  ((Class<?>) arguments[0]).isInstance(proxy)
                      ? proxy
                      : invoke(connection, method, arguments);
              case "prepareStatement", "serverPrepareStatement" ->
                  prepared(
                      (PreparedStatement) invoke(connection, method, arguments),
                      (String) arguments[0],
                      listener);
              case "createStatement" ->
                  plain((Statement) invoke(connection, method, arguments), listener);
              case "commit", "rollback" -> {
                String sql = method.getName().toUpperCase(Locale.ROOT);
                yield timed(connection, method, arguments, sql, listener);
              }
              default -> invoke(connection, method, arguments);
            });
  }

  private static PreparedStatement prepared(
      PreparedStatement statement, String sql, StatementListener listener) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) ->
            isExecution(method)
                ? timed(statement, method, arguments, sql, listener)
                : invoke(statement, method, arguments));
  }

  private static Statement plain(Statement statement, StatementListener listener) {
    return proxy(
        Statement.class,
        (proxy, method, arguments) ->
            isExecution(method) && arguments != null
                ? timed(statement, method, arguments, (String) arguments[0], listener)
                : invoke(statement, method, arguments));
  }

  private static boolean isExecution(Method method) {
    return method.getName().startsWith("execute");
  }

  private static Object timed(
      Object target, Method method, Object[] arguments, String sql, StatementListener listener)
      throws Throwable {
    long begunNanos = System.nanoTime();
    try {
      return invoke(target, method, arguments);
    } finally {
      listener.executed(sql, System.nanoTime() - begunNanos);
    }
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            ObservedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
