package io.stockledger.proxy;

import io.stockledger.testing.Server;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in that makes the server behind a proxy look like TiDB with TiFlash: it greets as TiDB,
 * accepts TiDB's variables and {@code ALTER TABLE … SET TIFLASH REPLICA}, and shows the progress of
 * the replicas. Everything else, above all reading and locking, is the behaviour of the server
 * itself.
 *
 * <p>The server cannot prepare statements that only TiDB understands. The stand-in answers their
 * prepare commands with 1295 (not supported in the prepared statement protocol), because
 * Connector/J then sends the statement as text.
 */
public final class TidbStandIn implements Responder {
  public static final String VERSION = "8.0.11-TiDB-v8.5.3";

  // A statement from a script may have comments of the script before it.
  private static final Pattern LEADING_COMMENTS =
      pattern("(?:\\s++|--[^\\n]*+\\n|/\\*(?![!T]).*?\\*/)*+");
  private static final Pattern SHOW_TXN_MODE =
      pattern("\\s*SHOW\\s+((SESSION|GLOBAL)\\s+)?VARIABLES\\s+LIKE\\s+'tidb_txn_mode'\\s*;?\\s*");
  private static final Pattern SET_REPLICA =
      pattern(
          "\\s*ALTER\\s+TABLE\\s+(?:`?(\\w+)`?\\s*\\.\\s*)?`?(\\w+)`?"
              + "\\s+SET\\s+TIFLASH\\s+REPLICA\\s+(\\d+)\\b.*");
  private static final Pattern REPLICA_VIEW =
      pattern("`?INFORMATION_SCHEMA`?\\s*\\.\\s*`?TIFLASH_REPLICA\\b`?");
  private static final Pattern ALIAS_AFTER =
      pattern(
          "\\s+(AS\\s+)?(?!(WHERE|GROUP|HAVING|ORDER|LIMIT|FOR|UNION|CROSS|INNER|LEFT|RIGHT|NATURAL"
              + "|STRAIGHT_JOIN|JOIN|ON|USING)\\b)`?\\w+.*");
  private static final Pattern CLUSTER_PROCESSLIST = pattern("`?\\bCLUSTER_PROCESSLIST\\b`?");
  private static final Pattern SELECT = pattern("\\s*SELECT\\b.*");
  private static final Pattern ASKS_VERSION =
      pattern("\\bVERSION\\s*\\(\\s*\\)|@@((global|session)\\.)?version\\b");

  private static final SqlError NOT_PREPARABLE =
      new SqlError(
          1295, "HY000", "This command is not supported in the prepared statement protocol yet");

  private final TiflashReplicas replicas = new TiflashReplicas();
  private volatile boolean hasTiflash = true;

  private TidbStandIn() {}

  /** Installs a stand-in in a proxy: later connections see a TiDB. */
  public static TidbStandIn behind(FaultProxy proxy) {
    TidbStandIn standIn = new TidbStandIn();
    proxy.greetAs(VERSION);
    proxy.respondWith(standIn);
    return standIn;
  }

  /** Behaves as a cluster without a TiFlash node, which refuses replicas with error 1105. */
  public TidbStandIn withoutTiflash() {
    hasTiflash = false;
    return this;
  }

  /**
   * Sets PROGRESS for the first query of a replica, the second, and so on; the last value stays.
   * AVAILABLE is 1 once PROGRESS is 1, or the value of {@link #replicaAvailableFrom}. The default
   * is 0, 0.25, 0.5, 0.75, 1.
   */
  public TidbStandIn replicaProgress(double... progress) {
    replicas.progress(Arrays.stream(progress).boxed().toList());
    return this;
  }

  /**
   * Sets AVAILABLE to 1 from this PROGRESS on: in TiDB a replica stays available while TiFlash lags
   * behind.
   */
  public TidbStandIn replicaAvailableFrom(double progress) {
    replicas.availableFrom(progress);
    return this;
  }

  /**
   * Shows the names of schemas in upper case, as if they were created with such names. TiDB finds a
   * schema by a name in any case, and its DATABASE() returns the name in the client's spelling.
   */
  public TidbStandIn showSchemasInUpperCase() {
    replicas.schemasInUpperCase();
    return this;
  }

  /** Lets the progress of replicas stop at one half. */
  public TidbStandIn replicaNeverAvailable() {
    return replicaProgress(0, 0.5);
  }

  /**
   * Returns {@code schema.table} of each table with a replica, in the order of the ALTER
   * statements.
   */
  public List<String> replicatedTables() {
    return replicas.tables();
  }

  @Override
  public Answer answer(Request request, Server server) throws IOException {
    return switch (request.kind()) {
      case QUERY -> run(request, server);
      case STMT_PREPARE ->
          isTidbOnly(request.text())
              ? request.error(NOT_PREPARABLE)
              : executeInOtherWords(request, server);
      default -> server.execute(request);
    };
  }

  private static boolean isTidbOnly(String statement) {
    String text = withoutComments(statement);
    return SHOW_TXN_MODE.matcher(text).matches()
        || SET_REPLICA.matcher(text).matches()
        || REPLICA_VIEW.matcher(text).find()
        || SetStatement.setsTidbVariable(text);
  }

  private Answer run(Request request, Server server) throws IOException {
    String text = withoutComments(request.text());
    if (SHOW_TXN_MODE.matcher(text).matches()) {
      return request.rows(Rows.of("Variable_name", "Value").row("tidb_txn_mode", "pessimistic"));
    }
    Matcher setReplica = SET_REPLICA.matcher(text);
    if (setReplica.matches()) {
      return setReplica(request, server, setReplica);
    }
    if (SetStatement.setsTidbVariable(text)) {
      String rest = SetStatement.withoutTidbVariables(text);
      return rest.isEmpty() ? request.ok(0, 0) : server.execute(request.withText(rest));
    }
    if (REPLICA_VIEW.matcher(text).find()) {
      return server.execute(request.withText(withReplicas(text)));
    }
    return executeInOtherWords(request, server);
  }

  private Answer setReplica(Request request, Server server, MatchResult statement)
      throws IOException {
    String schema = statement.group(1) == null ? request.recorded().schema() : statement.group(1);
    String table = statement.group(2);
    int count = Integer.parseInt(statement.group(3));
    Answer isThere =
        server.execute(
            request.withText("SELECT 1 FROM `%s`.`%s` LIMIT 0".formatted(schema, table)));
    if (isThere.isError()) {
      return isThere;
    }
    if (!hasTiflash && count > 0) {
      return request.error(noTiflash(count));
    }
    replicas.set(schema, table, count);
    return request.ok(0, 0);
  }

  private static SqlError noTiflash(int count) {
    return new SqlError(
        1105,
        "HY000",
        "the tiflash replica count: %d should be less than the total tiflash server count: 0"
            .formatted(count));
  }

  /**
   * Replaces the view by a derived table, so that the server executes the rest of the statement.
   */
  private String withReplicas(String text) {
    String rows = "(" + replicas.rowsFor(text) + ")";
    return REPLICA_VIEW
        .matcher(text)
        .replaceAll(
            view -> {
              boolean named = ALIAS_AFTER.matcher(text.substring(view.end())).matches();
              return Matcher.quoteReplacement(named ? rows : rows + " AS TIFLASH_REPLICA");
            });
  }

  private static Answer executeInOtherWords(Request request, Server server) throws IOException {
    String text = request.text();
    if (!SELECT.matcher(withoutComments(text)).matches()) {
      return server.execute(request);
    }
    String own = CLUSTER_PROCESSLIST.matcher(text).replaceAll("PROCESSLIST");
    // The server may be a TiDB without TiFlash, which would warn about a hint that names TiFlash.
    String hinted = own.replace("READ_FROM_STORAGE(TIFLASH[", "READ_FROM_STORAGE(TIKV[");
    String changed = ASKS_VERSION.matcher(hinted).replaceAll("'" + VERSION + "'");
    return server.execute(changed.equals(text) ? request : request.withText(changed));
  }

  private static String withoutComments(String text) {
    Matcher comments = LEADING_COMMENTS.matcher(text);
    return comments.lookingAt() ? text.substring(comments.end()) : text;
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}
