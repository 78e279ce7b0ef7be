package io.stockledger.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.stockledger.stream.operation.Operations;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds each line of a long session to docs/stock-stream.schema.json. */
class StreamSchemaIT {
  private static final Path FILE = Path.of("docs/stock-stream.schema.json");
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** Not in a session of one client at a pipe: SocketStreamIT has it word by word. */
  private static final String OF_THE_SOCKET = "answer_too_many_clients";

  private static final List<String> REQUESTS =
      List.of(
          "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":101,\"quantity\":5}",
          "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":101,\"quantity\":5,\"note\":\"again\"}",
          "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":101,\"quantity\":6}",
          "{\"op\":\"add\",\"request_id\":\"b\",\"item_id\":101,\"quantity\":9223372036854775807}",
          "{\"op\":\"remove\",\"request_id\":\"c\",\"item_id\":101,\"quantity\":1,"
              + "\"date\":\"2025-09-19\"}",
          "{\"op\":\"remove\",\"request_id\":\"d\",\"item_id\":101,\"quantity\":1000}",
          "{\"op\":\"remove\",\"request_id\":\"d\",\"item_id\":101,\"quantity\":100,"
              + "\"date\":\"2025-09-19\"}",
          "{\"op\":\"remove\",\"request_id\":\"e\",\"item_id\":999,\"quantity\":1}",
          "{\"op\":\"post\",\"request_id\":\"f\",\"lines\":[{\"item_id\":101,\"increment\":-2},"
              + "{\"item_id\":101,\"increment\":1}]}",
          "{\"op\":\"post\",\"request_id\":\"g\",\"lines\":[{\"item_id\":101,\"increment\":-2000}]}",
          "{\"op\":\"add\",\"request_id\":\"f\",\"item_id\":101,\"quantity\":5}",
          "{\"op\":\"reverse\",\"request_id\":\"c\",\"note\":\"returned\"}",
          "{\"op\":\"reverse\",\"request_id\":\"f\",\"date\":\"2026-01-02\"}",
          "{\"op\":\"reverse\",\"request_id\":\"none\"}",
          "{\"op\":\"reverse\",\"request_id\":\"k1\"}",
          "{\"op\":\"reverse\",\"request_id\":\"k2\"}",
          "{\"op\":\"hold\",\"request_id\":\"h1\",\"item_id\":101,\"quantity\":2,\"expires_in\":\"15m\"}",
          "{\"op\":\"hold\",\"request_id\":\"h2\",\"lines\":[{\"item_id\":101,\"quantity\":1},"
              + "{\"item_id\":101,\"quantity\":2}],\"expires_in\":\"3d\",\"date\":\"2025-09-20\","
              + "\"note\":\"paying\"}",
          "{\"op\":\"hold\",\"request_id\":\"h3\",\"item_id\":101,\"quantity\":200,"
              + "\"expires_in\":\"15m\"}",
          "{\"op\":\"reverse\",\"request_id\":\"h1\"}",
          "{\"op\":\"commit\",\"request_id\":\"h1\"}",
          "{\"op\":\"release\",\"request_id\":\"h1\"}",
          "{\"op\":\"release\",\"request_id\":\"h2\"}",
          "{\"op\":\"commit\",\"request_id\":\"h2\"}",
          "{\"op\":\"reverse\",\"request_id\":\"h2\"}",
          "{\"op\":\"commit\",\"request_id\":\"none\"}",
          "{\"op\":\"count\",\"request_id\":\"n1\",\"item_id\":101,\"counted\":90,\"note\":\"shelf\"}",
          "{\"op\":\"count\",\"request_id\":\"n1\",\"item_id\":101,\"counted\":91}",
          "{\"op\":\"count\",\"request_id\":\"n2\",\"item_id\":101,\"counted\":0,\"after_move\":999,"
              + "\"date\":\"2025-09-19\"}",
          "{\"op\":\"get\",\"item_id\":101}",
          "{\"op\":\"get\",\"item_id\":101,\"date\":\"2025-09-19\"}",
          "{\"op\":\"get\",\"item_id\":999}",
          "{\"op\":\"status\"}");

  /** What the session finds: the stream itself corrects nothing. */
  private static final List<String> BEFORE =
      List.of(
          "setup-db",
          "add-item --item-id 102 --item-code B --name B",
          "add-stock --item-id 102 --quantity 5 --request-id k1",
          "correct-move --request-id k1 --quantity 6",
          "add-stock --item-id 102 --quantity 5 --request-id k2",
          "correct-move --request-id k2 --quantity 6",
          "reverse-move --request-id reverse:k2");

  private static final List<String> FAULTY =
      List.of(
          "",
          "{}",
          "{\"op\":\"get\"}",
          "{\"op\":\"get\",\"item_id\":1.5}",
          "{\"op\":\"get\",\"item_id\":0}",
          "{\"op\":\"add\",\"request_id\":\"a b\",\"item_id\":1,\"quantity\":1}",
          "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":1,\"quantity\":0}",
          "{\"op\":\"add\",\"item_id\":1,\"quantity\":1}",
          "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":1,\"quantity\":1,\"more\":1}",
          "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":[]}",
          "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":[{\"item_id\":1,\"increment\":0}]}",
          "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":1,\"quantity\":1}",
          "{\"op\":\"hold\",\"request_id\":\"a\",\"expires_in\":\"15m\"}",
          "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":1,\"quantity\":1,\"lines\":[],"
              + "\"expires_in\":\"15m\"}",
          "{\"op\":\"hold\",\"request_id\":\"a\",\"lines\":[],\"expires_in\":\"15m\"}",
          "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":1,\"quantity\":1,\"expires_in\":\"soon\"}",
          "{\"op\":\"commit\",\"request_id\":\"a\",\"date\":\"2025-09-19\"}",
          "{\"op\":\"release\"}",
          "{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":1,\"counted\":-1}",
          "{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":1}",
          "{\"op\":\"status\",\"item_id\":1}");

  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private boolean isValid(String definition, String json) {
    return schemas
        .computeIfAbsent(definition, StreamSchemaIT::schema)
        .validate(json, InputFormat.JSON)
        .isEmpty();
  }

  private static Schema schema(String definition) {
    try {
      return REGISTRY.getSchema(
          "{\"$ref\": \"#/$defs/"
              + definition
              + "\","
              + Files.readString(FILE).strip().substring(1));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> definitions(String prefix) throws IOException {
    Set<String> definitions = new TreeSet<>();
    MAPPER.readTree(Files.readString(FILE)).get("$defs").propertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(definitions::add);
    definitions.remove("request_id");
    return definitions;
  }

  @Test
  void everyLineOfASessionIsAsTheSchemaSays() throws IOException {
    StockCli stock = new StockCli(TestDatabase.server().newSchema());
    BEFORE.forEach(line -> assertThat(stock.line(line).status()).as(line).isZero());
    Set<String> operations = new TreeSet<>();
    for (String request : REQUESTS) {
      assertThat(isValid("request", request)).as(request).isTrue();
      operations.add(kind("request_", request).substring("request_".length()));
    }
    assertThat(operations).containsExactlyInAnyOrderElementsOf(Operations.names());
    FAULTY.stream()
        .filter(line -> !line.isEmpty())
        .forEach(line -> assertThat(isValid("request", line)).as(line).isFalse());

    List<String> lines = new ArrayList<>(REQUESTS);
    lines.addAll(FAULTY);
    StockCli.Result result =
        stock.runWithInput(
            lines.stream().map(line -> line + "\n").collect(Collectors.joining()), "stream");
    List<String> answers = result.out().lines().toList();
    assertThat(answers).hasSameSizeAs(lines);
    Set<String> kinds = new TreeSet<>();
    for (int i = 0; i < answers.size(); i++) {
      String answer = answers.get(i);
      assertThat(isValid("answer", answer)).as(answer).isTrue();
      String kind = kind("answer_", answer);
      kinds.add(kind);
      assertThat(kind.equals("answer_failure")).as(answer).isEqualTo(i >= REQUESTS.size());
      expectEachFieldToMatter(kind, answer);
    }
    kinds.add(OF_THE_SOCKET);
    assertThat(kinds).isEqualTo(definitions("answer_"));
  }

  /** Returns the one definition that a line satisfies. */
  private String kind(String prefix, String json) throws IOException {
    List<String> kinds =
        definitions(prefix).stream().filter(definition -> isValid(definition, json)).toList();
    assertThat(kinds).as(json).hasSize(1);
    return kinds.get(0);
  }

  private void expectEachFieldToMatter(String kind, String json) {
    ObjectNode object = (ObjectNode) MAPPER.readTree(json);
    for (String name : List.copyOf(object.propertyNames())) {
      ObjectNode other = object.deepCopy();
      other.set(name + "_renamed", other.remove(name));
      assertThat(isValid(kind, other.toString())).as("%s", other).isFalse();
    }
  }
}
