package io.stockledger.proxy;

import io.stockledger.testing.FakeServer;
import io.stockledger.testing.MysqlWire;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
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
    if (statement.startsWith("SELECT")) {
      // The columns of the latest move, which other queries read as they like.
      return Answer.rows(
          sequence,
          status,
          false,
          Rows.of("item_id", "move_no", "stock_after", "book_date")
              .row("101", "1", "100", "2025-09-19"));
    }
    return Answer.ok(sequence, status, statement.startsWith("INSERT") ? 1 : 0, 0);
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
