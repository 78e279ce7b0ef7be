package io.stockledger.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy's connection to the server for one client, opened when the client's log-in is passed
 * on.
 */
final class ServerConnection implements Responder.Server {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int AUTH_MORE_DATA = 0x01;
  private static final int FAST_AUTH_SUCCESS = 0x03;
  private static final Pattern USE =
      Pattern.compile("\\s*USE\\s+`?([^`;\\s]+)`?\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

  private final InetSocketAddress target;
  private final PacketChannel client;
  private final Supplier<Optional<String>> serverVersion;
  private final Socket socket = new Socket();
  private final Map<Long, String> preparedTexts = new HashMap<>();
  private Optional<PacketChannel> server = Optional.empty();
  private Optional<AnswerReader> answers = Optional.empty();
  private Runnable whenSent = () -> {};
  private String schema = "";

  ServerConnection(
      InetSocketAddress target, PacketChannel client, Supplier<Optional<String>> serverVersion) {
    this.target = target;
    this.client = client;
    this.serverVersion = serverVersion;
  }

  String schema() {
    return schema;
  }

  int status() {
    return answers.map(AnswerReader::status).orElse(0);
  }

  /** Returns the text of a command to record: see {@link Recorded#text()}. */
  String text(CommandKind kind, Message message) {
    return switch (kind) {
      case QUERY, STMT_PREPARE, INIT_DB -> Request.textAfterCommand(message);
      case STMT_EXECUTE -> preparedTexts.getOrDefault(statementId(message), "");
      default -> "";
    };
  }

  /**
   * Sets an action that runs once, on this thread, right after the next request is sent to the
   * server.
   */
  void whenSent(Runnable action) {
    whenSent = action;
  }

  @Override
  public Answer execute(Request request) throws IOException {
    return switch (request.kind()) {
      case CONNECT -> connect();
      case CHANGE_USER -> {
        send(request.message());
        schema = HandshakeResponse.schemaOfChangeUser(request.message());
        yield authenticate();
      }
      default -> {
        send(request.message());
        Answer answer = answers.orElseThrow().read(request.kind().shape());
        remember(request, answer);
        yield answer;
      }
    };
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The server closed it first, so the socket is closed as wanted.
    }
  }

  private Answer connect() throws IOException {
    socket.connect(target, CONNECT_MILLIS);
    PacketChannel channel = new PacketChannel(socket);
    server = Optional.of(channel);
    answers = Optional.of(new AnswerReader(channel));
    Answer greeting = answers.get().read(CommandKind.Shape.ONE_MESSAGE);
    if (greeting.isError()) {
      return greeting;
    }
    client.write(Greeting.rewritten(greeting.first(), serverVersion.get()));
    Message response = client.read();
    schema = HandshakeResponse.schema(response);
    send(response);
    return authenticate();
  }

  /**
   * Passes the messages of a log-in in both directions until the server sends OK or ERR, which is
   * returned and not sent on. After every other message of the server the client sends one, except
   * when caching_sha2_password announces that OK comes next (dev.mysql.com, "Connection Phase").
   */
  private Answer authenticate() throws IOException {
    while (true) {
      Answer answer = answers.orElseThrow().read(CommandKind.Shape.ONE_MESSAGE);
      Message message = answer.first();
      if (message.header() == Answer.OK || message.header() == Answer.ERROR) {
        return answer;
      }
      client.write(message);
      if (!isFastAuthSuccess(message)) {
        server.orElseThrow().write(client.read());
      }
    }
  }

  private void send(Message message) throws IOException {
    server.orElseThrow().write(message);
    Runnable once = whenSent;
    whenSent = () -> {};
    once.run();
  }

  private void remember(Request request, Answer answer) {
    if (answer.isError()) {
      return;
    }
    switch (request.kind()) {
      case STMT_PREPARE ->
          preparedTexts.put(statementId(answer.first()), request.recorded().text());
      case STMT_CLOSE -> preparedTexts.remove(statementId(request.message()));
      case INIT_DB -> schema = request.text();
      case QUERY -> {
        Matcher use = USE.matcher(request.text());
        if (use.matches()) {
          schema = use.group(1);
        }
      }
      default -> {}
    }
  }

  /**
   * Reads the statement id from the answer to STMT_PREPARE, or from a command about a prepared
   * statement.
   */
  private static long statementId(Message message) {
    return new PayloadReader(message.payload()).skip(1).integer(4);
  }

  private static boolean isFastAuthSuccess(Message message) {
    byte[] payload = message.payload();
    return payload.length == 2 && payload[0] == AUTH_MORE_DATA && payload[1] == FAST_AUTH_SUCCESS;
  }
}
