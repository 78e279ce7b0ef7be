package io.stockledger.proxy;

import io.stockledger.testing.FakeServer;
import io.stockledger.testing.MysqlWire;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server without a database. It answers the driver's questions about the session, and each
 * statement with as little as lets a command of the ledger go on: item 101 has one move.
 */
public final class ScriptedServer implements AutoCloseable {
  private static final int AUTOCOMMIT = 2;
  private static final int MORE_RESULTS = 8;
  private static final int QUIT = 1;
  private static final int QUERY = 3;

  private static final Pattern SESSION_VARIABLE =
      Pattern.compile("@@(?:session\\.)?(\\w+) AS (\\w+)");

  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("character_set_client", "utf8mb4"),
          Map.entry("character_set_connection", "utf8mb4"),
          Map.entry("character_set_results", "utf8mb4"),
          Map.entry("character_set_server", "utf8mb4"),
          Map.entry("collation_connection", "utf8mb4_0900_ai_ci"),
          Map.entry("collation_server", "utf8mb4_0900_ai_ci"),
          Map.entry("init_connect", ""),
          Map.entry("license", "GPL"),
          Map.entry("max_allowed_packet", "67108864"),
          Map.entry("sql_mode", "STRICT_TRANS_TABLES"),
          Map.entry("system_time_zone", "UTC"),
          Map.entry("time_zone", "SYSTEM"),
          Map.entry("transaction_isolation", "REPEATABLE-READ"));

  private static final Pattern QUERY_OF_COLUMNS =
      Pattern.compile(
          "SELECT (?:/\\*.*?\\*/ )?(?:DISTINCT )?(.*?)(?:\\sFROM\\s|$)", Pattern.DOTALL);

  /** What reads the items after the only one. */
  private static final Pattern AFTER_THE_ITEM = Pattern.compile("WHERE item_id > 101\\b");

  /** Removes more than item 101 has. */
  private static final Pattern TOO_MANY = Pattern.compile("stock_after >= 1000\\b");

  /** The columns that can't be read from a 1. */
  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("item_id", "101"),
          Map.entry("item_code", "A-101"),
          Map.entry("date", "2025-09-19"),
          Map.entry("book_date", "2025-09-19"),
          Map.entry("last_book_date", "2025-09-19"),
          Map.entry("first_day", "2025-09-19"),
          Map.entry("stock_increment", "100"),
          Map.entry("stock_after", "100"),
          Map.entry("updated_at", "2025-09-19 12:00:00"),
          Map.entry("expires_at", "2025-09-19 12:15:00"),
          Map.entry("taken", "2025-09-19 12:00:00"),
          Map.entry("outcome", "committed"));

  private final FakeServer server;
  private final boolean isTidb;

  /**
   * Starts a server on a free port of loopback.
   *
   * @param isTidb whether it says that it is TiDB
   */
  public ScriptedServer(boolean isTidb) throws IOException {
    this.isTidb = isTidb;
    server = new FakeServer(this::serve);
  }

  /** Returns the URL of the database. */
  public String url() {
    return "jdbc:mysql://" + server.address() + "/test";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(Socket client) throws IOException {
    PacketChannel channel = new PacketChannel(client);
    client.getOutputStream().write(MysqlWire.greeting());
    channel.read();
    send(channel, Answer.ok(2, AUTOCOMMIT, 0, 0));
    while (true) {
      Message message = channel.read();
      int command = message.payload()[0];
      if (command == QUIT) {
        client.close();
        return;
      }
      if (command == QUERY) {
        answer(channel, Request.textAfterCommand(message));
      } else {
        send(channel, Answer.ok(1, AUTOCOMMIT, 0, 0));
      }
    }
  }

  private void answer(PacketChannel channel, String message) throws IOException {
    String[] statements = message.strip().split(";", -1);
    int sequence = 1;
    for (int i = 0; i < statements.length; i++) {
      int status = AUTOCOMMIT | (i < statements.length - 1 ? MORE_RESULTS : 0);
      byte[] answer = answer(sequence, status, statements[i].strip()).encode();
      channel.write(answer, 0, answer.length);
      sequence++;
    }
  }

  private Answer answer(int sequence, int status, String statement) {
    Matcher variable = SESSION_VARIABLE.matcher(statement);
    if (variable.find()) {
      return variables(sequence, status, variable);
    }
    if (statement.startsWith("SHOW")) {
      Rows rows = Rows.of("Variable_name", "Value");
      return Answer.rows(
          sequence, status, false, isTidb ? rows.row("tidb_txn_mode", "pessimistic") : rows);
    }
    Matcher query = QUERY_OF_COLUMNS.matcher(statement);
    if (query.lookingAt()) {
      Rows none = Rows.of(columns(query.group(1)));
      boolean isEmpty = AFTER_THE_ITEM.matcher(statement).find();
      return Answer.rows(sequence, status, false, isEmpty ? none : none.row(values(none)));
    }
    boolean isAppended = statement.startsWith("INSERT") && !TOO_MANY.matcher(statement).find();
    return Answer.ok(sequence, status, isAppended ? 1 : 0, 0);
  }

  /** Returns the names of the columns of a SELECT's list. */
  private static String[] columns(String list) {
    return Arrays.stream(list.split(",(?![^(]*\\))", -1))
        .map(column -> column.strip().replaceAll("(?s).*[\\s.]", ""))
        .toArray(String[]::new);
  }

  private static String[] values(Rows rows) {
    return rows.columns().stream()
        .map(column -> COLUMNS.getOrDefault(column, "1"))
        .toArray(String[]::new);
  }

  private static Answer variables(int sequence, int status, Matcher variable) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    do {
      names.add(variable.group(2));
      values.add(VALUES.getOrDefault(variable.group(1), "1"));
    } while (variable.find());
    return Answer.rows(
        sequence,
        status,
        false,
        Rows.of(names.toArray(String[]::new)).row(values.toArray(String[]::new)));
  }

  private static void send(PacketChannel channel, Answer answer) throws IOException {
    byte[] bytes = answer.encode();
    channel.write(bytes, 0, bytes.length);
  }
}
