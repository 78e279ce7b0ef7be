package io.stockledger.cli.command.setup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.output.Row;
import io.stockledger.stream.StreamQuestion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The report of how a stream is doing, as the stream itself tells it. */
final class StreamReport {
  private static final String QUESTION = "{\"op\":\"status\"}";

  private static final Set<String> NAMES =
      Set.of("since", "clients", "requests", "groups", "median_us", "p99_us");

  private StreamReport() {}

  /**
   * Asks the stream and shows its answer.
   *
   * @throws io.stockledger.stream.UnusableSocketException if no stream answers
   */
  static int show(CommandContext context, Path socket) throws IOException {
    String answer = StreamQuestion.ask(socket, QUESTION);
    Map<String, String> values = values(answer);
    if (!values.keySet().containsAll(NAMES)) {
      context.output().failure("unexpected_answer", "The stream answered: " + answer, 1);
      return ExitCode.FAILURE;
    }
    context
        .output()
        .result(
            Row.of(
                "since", Instant.parse(values.get("since")),
                "clients", Long.valueOf(values.get("clients")),
                "requests", Long.valueOf(values.get("requests")),
                "groups", Long.valueOf(values.get("groups")),
                "median_us", Long.valueOf(values.get("median_us")),
                "p99_us", Long.valueOf(values.get("p99_us"))),
            "Stream: serving since " + values.get("since"),
            "Clients: " + values.get("clients") + " (this question is one of them)",
            "Requests: " + values.get("requests"),
            "Groups: " + values.get("groups"),
            "Median: " + millis(values.get("median_us")) + " ms",
            "99 of 100 within: " + millis(values.get("p99_us")) + " ms");
    return ExitCode.DONE;
  }

  private static String millis(String micros) {
    return new BigDecimal(micros).movePointLeft(3).toPlainString();
  }

  private static Map<String, String> values(String json) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          values.put(name, parser.getText());
        }
      }
    }
    return values;
  }
}
