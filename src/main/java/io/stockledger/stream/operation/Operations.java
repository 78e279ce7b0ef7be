package io.stockledger.stream.operation;

import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.text.PrintableText;
import io.stockledger.text.Suggestions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The registry of the operations, and the reading of a line as one of them. */
public final class Operations {
  private static final Map<String, Operation> ALL =
      List.of(
              new SingleMove("add", 1),
              new SingleMove("remove", -1),
              new Post(),
              new Reverse(),
              new Count(),
              new Hold(),
              new Commit(),
              new Release(),
              new Get(),
              new GetStatus())
          .stream()
          .collect(
              Collectors.toMap(
                  Operation::name,
                  operation -> operation,
                  (one, other) -> one,
                  LinkedHashMap::new));

  /** In texts that are no valid UTF-8, the decoder of a String puts it in the place of bytes. */
  private static final char REPLACEMENT = '\uFFFD';

  private Operations() {}

  /** Returns the names of the operations. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * A line that was read.
   *
   * @param requestId the id that it has, as far as it could be read
   */
  public record Asked(Optional<String> requestId, Step step) {}

  /** Reads a line. */
  public static Asked read(ByteBuffer line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Optional<String> requestId = Optional.empty();
    try {
      try {
        StrictJson.read(text(line), fields);
      } finally {
        requestId = requestId(fields);
      }
      return new Asked(requestId, step(fields));
    } catch (FaultyLineException e) {
      return faulty(requestId, e.getMessage());
    }
  }

  /** Returns a line that is no request. */
  public static Asked faulty(Optional<String> requestId, String sentence) {
    return new Asked(requestId, new Step.Nothing(new Answer.Faulty(sentence)));
  }

  private static Optional<String> requestId(Map<String, Object> fields) {
    return fields.get("request_id") instanceof String id && MoveRequest.isRequestId(id)
        ? Optional.of(id)
        : Optional.empty();
  }

  private static Step step(Map<String, Object> values) throws FaultyLineException {
    Fields fields = new Fields(values);
    String name = fields.text("op");
    Operation operation = ALL.get(name);
    if (operation == null) {
      throw new FaultyLineException(
          "Unknown operation "
              + PrintableText.quoted(name)
              + "."
              + Suggestions.question(name, ALL.keySet().stream()));
    }
    Step step = operation.step(fields);
    fields.end();
    return step;
  }

  private static String text(ByteBuffer line) throws FaultyLineException {
    String text =
        new String(
            line.array(),
            line.arrayOffset() + line.position(),
            line.remaining(),
            StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(line)) {
      throw new FaultyLineException("The line is no UTF-8.");
    }
    return text;
  }

  private static boolean isUtf8(ByteBuffer line) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(line.duplicate());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
