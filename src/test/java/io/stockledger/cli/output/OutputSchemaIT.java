package io.stockledger.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds each line of JSON that a command writes to docs/stock-output.schema.json. */
class OutputSchemaIT {
  private static final Path FILE = Path.of("docs/stock-output.schema.json");

  /** The definitions that are no command's. */
  private static final Set<String> COMMON =
      Set.of(
          "item_id",
          "date",
          "time",
          "utc_time",
          "move",
          "moves",
          "refusal",
          "hold_refusal",
          "rejects",
          "failure");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final String URL = TestDatabase.server().newSchema();
  private static final StockCli STOCK = new StockCli(URL);

  private static String text;

  @BeforeAll
  static void makeALedger() throws IOException {
    text = Files.readString(FILE);
    done("setup-db");
    done("add-item --item-id 7 --item-code SEVEN --name Seven");
    done("add-stock --item-id 7 --quantity 40 --date 2025-09-19 --request-id o-1");
    done("add-stock --item-id 7 --quantity 2 --date 2025-09-19 --request-id o-2");
    done("remove-stock-check --item-id 7 --quantity 30 --date 2025-09-22");
    done("add-item --item-id 6 --item-code SIX --name Six");
    done("add-stock --item-id 7 --quantity 1 --date 2025-09-19 --request-id o-4");
    done("reverse-move --request-id o-4");
    done("add-stock --item-id 7 --quantity 2 --date 2025-09-19 --request-id o-5");
    done("correct-move --request-id o-5 --quantity 1");
    done("remove-stock-atomic --item-id 7 --quantity 1 --date 2025-09-19 --request-id o-6");
    done("post-moves --move 7=-1 --move SEVEN=2 --date 2025-09-23 --request-id o-3");
    for (int hold = 1; hold <= 5; hold++) {
      done(
          "hold-stock --item-id 7 --quantity 1 --expires-in 1h --date 2025-09-23 --request-id h-"
              + hold);
    }
    done("commit-hold --request-id h-1");
    done("release-hold --request-id h-2");
    TestDatabase.server()
        .execute(
            URL,
            "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6)"
                + " WHERE request_id IN ('h-4', 'h-5')");
    done("run-batch --date 2025-09-19");
  }

  static Set<String> commands() throws IOException {
    Set<String> commands = new TreeSet<>();
    MAPPER.readTree(Files.readString(FILE)).get("$defs").propertyNames().forEach(commands::add);
    commands.removeAll(COMMON);
    // They need no database, so that none can be unreachable.
    commands.removeAll(Set.of("config", "version"));
    return commands;
  }

  /** Each kind of result and of refusal, with the exit status. */
  @ParameterizedTest
  @CsvSource({
    "0, setup-db",
    "0, add-item --item-id 8 --item-code EIGHT --name Eight",
    "0, add-item --file -",
    "3, add-item --item-id 7 --item-code seven --name Other",
    "0, update-item --item-id 8 --new-name Acht",
    "0, update-item --item-id 8 --new-name Acht",
    "3, update-item --item-id 8 --new-code SEVEN",
    "3, update-item --item-id 99 --new-code SEVEN",
    "0, list-items",
    "0, add-stock --item-id 8 --quantity 1 --date 2025-09-19",
    "0, add-stock --item-id 8 --quantity 1 --dry-run",
    "3, add-stock --item-id 99 --quantity 1",
    "3, add-stock --item-code NONE --quantity 1",
    "3, add-stock --item-id 7 --quantity 9223372036854775807",
    "3, add-stock --item-id 7 --quantity 1 --request-id o-1",
    "0, remove-stock-check --item-id 7 --quantity 1 --date 2025-09-23",
    "3, remove-stock-check --item-id 7 --quantity 1000",
    "0, remove-stock-atomic --item-id 7 --quantity 1 --date 2025-09-23",
    "3, remove-stock-atomic --item-id 7 --quantity 15 --date 2025-09-19",
    "0, add SEVEN 1 --date 2025-09-23",
    "3, add NONE 1",
    "0, remove SEVEN 1 --date 2025-09-23",
    "3, remove SEVEN 1000",
    "0, post-moves --move 7=-1 --move SEVEN=2 --date 2025-09-23 --request-id o-3 --note gift",
    "0, post-moves --move 7=-1 --move SEVEN=2 --date 2025-09-23 --request-id o-3",
    "3, post-moves --move 7=-1000 --move 101=-1000",
    "3, post-moves --move 7=-1 --request-id o-3",
    "3, post-moves --move 7=-1 --move NONE=2",
    "0, hold-stock --item-id 7 --quantity 1 --expires-in 1h --date 2025-09-23 --request-id h-9",
    "0, hold-stock --move 7=1 --move SEVEN=1 --expires-in 1h --date 2025-09-23 --dry-run",
    "3, hold-stock --item-id 7 --quantity 1000 --expires-in 1h",
    "3, hold-stock --item-id 7 --quantity 1 --expires-in 1h --request-id o-1",
    "0, list-holds",
    "0, list-holds --by-item",
    "3, list-holds --item-code NONE",
    "0, commit-hold --request-id h-1",
    "3, commit-hold --request-id h-2",
    "3, commit-hold --request-id h-4",
    "3, commit-hold --request-id none",
    "0, release-hold --request-id h-2",
    "0, release-hold --expired",
    "3, release-hold --request-id h-1",
    "3, reverse-move --request-id h-2",
    "3, reverse-move --request-id h-3",
    "0, count-stock --item-id 7 --counted 30 --date 2025-09-23 --request-id c-1",
    "0, count-stock --item-id 7 --counted 30 --date 2025-09-23 --request-id c-1",
    "0, count-stock --item-id 7 --counted 31 --date 2025-09-23 --dry-run",
    "3, count-stock --item-id 7 --counted 31 --date 2025-09-23 --request-id c-1",
    "3, count-stock --item-id 7 --counted 31 --date 2025-09-23 --request-id o-1",
    "3, count-stock --item-id 7 --counted 31 --after-move 1000",
    "3, count-stock --item-id 99 --counted 31",
    "0, count-stock --file - --file-id c",
    "3, count-stock --file - --file-id faulty",
    "0, count-stock --file - --file-id other --date 2025-09-30 --dry-run",
    "0, reverse-move --request-id o-3 --dry-run",
    "3, reverse-move --item-id 7 --last",
    "3, reverse-move --item-id 6 --last",
    "0, reverse-move --item-id 101 --last --dry-run",
    "0, correct-move --request-id o-2 --quantity 3 --dry-run",
    "3, correct-move --request-id o-2 --quantity 2",
    "3, correct-move --request-id o-3 --quantity 2",
    "3, correct-move --request-id h-1 --quantity 2",
    "3, correct-move --request-id o-5 --quantity 2",
    "3, reverse-move --request-id o-5",
    "3, correct-move --request-id o-4 --quantity 2",
    "3, correct-move --request-id o-4 --quantity 9223372036854775807",
    "3, correct-move --request-id o-6 --quantity 1000",
    "3, correct-move --request-id none --quantity 2",
    "0, list-moves --request-id o-3",
    "0, reverse-move --request-id o-2 --dry-run",
    "3, reverse-move --request-id none",
    "0, get-stock --item-id 7",
    "0, 'get-stock --item-id 7,101'",
    "3, 'get-stock --item-id 7,98,99'",
    "0, 'get-stock --item-code SEVEN,SAKE-101'",
    "3, 'get-stock --item-code SEVEN,NONE'",
    "0, get 7 SAKE-101",
    "3, get 98 NONE",
    "0, list-moves --item-id 7",
    "0, list-moves --request-id o-1",
    "3, list-moves --item-id 99",
    "0, list-stock",
    "0, import - --file-id b",
    "3, import - --file-id faulty",
    "3, add-item --file - --output json",
    "0, add-item --file - --dry-run",
    "0, add-item --item-code TEN --name Ten",
    "0, daily-summary --date 2025-09-19",
    "0, run-batch --date 2025-09-19",
    "0, run-batch --date 2025-09-22 --summary",
    "0, list-closings --date 2025-09-19",
    "0, export",
    "3, export --item-id 99",
    "0, verify",
    "0, config",
    "0, status",
    "0, chart --item-id 7 --from 2025-09-19",
    "0, chart --item-id 7 --from 2025-09-19 --svg target/chart-of-the-schema.svg",
    "3, chart --item-id 99 --from 2025-09-19",
    "0, explain",
    "0, race --strategy read-modify-write --stock 10 --buyers 6 --runs 1",
    "0, race --strategy order-conditional-update --items 3 --stock 10 --buyers 6 --runs 1",
  })
  void aResultIsAsTheSchemaSays(int status, String line) {
    String input = input(line, status == 0);
    String command = line.equals("verify") ? Server.current().verify(line) : line;
    StockCli.Result result = STOCK.runWithInput(input, (command + " --json").split(" "));
    assertThat(result.status()).as("%s", result).isEqualTo(status);
    // verify has no line if all is well.
    assertThat(result.out().isEmpty()).as("%s", result).isEqualTo(line.equals("verify"));
    assertThat(result.out().contains("\"ok\":" + (status != 0))).isFalse();
    assertThat(result.err()).doesNotContain("{");
    result.out().lines().forEach(json -> expectValid(line.split(" ", 2)[0], json));
  }

  @Test
  void theVersionIsAsTheSchemaSays() {
    expectValid("version", STOCK.line("--version --json").out().strip());
    StockCli unreachable = STOCK.with("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none");
    StockCli.Result result = unreachable.line("--version --json");
    assertThat(result.status()).isZero();
    expectValid("version", result.out().strip());
  }

  @Test
  void aFindingIsAsTheSchemaSays() {
    String url = TestDatabase.server().newSchema();
    StockCli stock = new StockCli(url);
    assertThat(stock.line("setup-db").status()).isZero();
    TestDatabase.server().execute(url, "UPDATE stock_moves SET stock_after = 1");
    StockCli.Result result = stock.line(Server.current().verify("verify --json"));
    assertThat(result.status()).isEqualTo(4);
    assertThat(result.out()).isNotEmpty();
    result.out().lines().forEach(json -> expectValid("verify", json));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aFailureIsOneObjectOnStderr(String command) {
    expectFailure(STOCK.line(command + " --frobnicate --json"), 2, "usage");
    expectFailure(STOCK.line("--output json " + command + " --password=secret"), 2, "usage");
    String line = command + " --output=json " + argumentsOf(command);
    StockCli unreachable = STOCK.with("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none");
    expectFailure(unreachable.runWithInput("item_id,date,quantity\n", line.split(" ")), 5, null);
    if (command.equals("status")) {
      StockCli empty = new StockCli(TestDatabase.server().newSchema());
      expectValid(command, empty.line("status --json").out().strip());
    } else if (!command.equals("setup-db") && !command.equals("race")) {
      StockCli empty = new StockCli(TestDatabase.server().newSchema());
      expectFailure(
          empty.runWithInput("item_id,date,quantity\n7,2025-09-24,1\n", line.split(" ")), 1, null);
    }
  }

  private static String argumentsOf(String command) {
    return switch (command) {
      case "add-item" -> "--item-id 1 --item-code A --name A";
      case "correct-move" -> "--request-id r --quantity 1";
      case "update-item" -> "--item-id 1 --new-name A";
      case "add-stock", "remove-stock-check", "remove-stock-atomic" -> "--item-id 1 --quantity 1";
      case "get-stock", "list-moves" -> "--item-id 1";
      case "add", "remove" -> "A 1";
      case "get" -> "A";
      case "chart" -> "--item-id 1 --from today";
      case "post-moves" -> "--move 1=1 --move 1=-1";
      case "reverse-move", "commit-hold", "release-hold" -> "--request-id r";
      case "hold-stock" -> "--move 1=1 --expires-in 1m";
      case "count-stock" -> "--item-id 1 --counted 1";
      case "import" -> "- --file-id b";
      case "list-closings" -> "--date today";
      default -> "";
    };
  }

  private static String input(String line, boolean isKnown) {
    if (line.startsWith("count-stock")) {
      return "item_id,counted\n"
          + (isKnown ? 7 : 99)
          + (line.contains("dry-run") ? ",290\n" : ",29\n");
    }
    return line.startsWith("import")
        ? "item_id,date,quantity\n" + (isKnown ? 7 : 99) + ",2025-09-24,1\n"
        : "item_id,item_code,name\n" + (isKnown ? 9 : 7) + ",NINE,Nine\n";
  }

  private static void expectFailure(StockCli.Result result, int status, String kind) {
    assertThat(result.status()).as("%s", result).isEqualTo(status);
    assertThat(result.out()).isEmpty();
    List<String> objects = result.err().lines().filter(line -> line.startsWith("{")).toList();
    assertThat(objects).as("%s", result).hasSize(1);
    expectValid("failure", objects.get(0));
    JsonNode failure = MAPPER.readTree(objects.get(0));
    assertThat(failure.get("status").asInt()).isEqualTo(status);
    assertThat(kind == null || failure.get("error").asString().equals(kind)).isTrue();
    assertThat(failure.get("message").asString()).doesNotContain("secret");
  }

  /**
   * Checks the line, and that the schema is no longer satisfied if any of its fields has changed.
   */
  private static void expectValid(String definition, String json) {
    Schema schema = SCHEMAS.computeIfAbsent(definition, OutputSchemaIT::schema);
    assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    ObjectNode object = (ObjectNode) MAPPER.readTree(json);
    for (String name : List.copyOf(object.propertyNames())) {
      ObjectNode less = object.deepCopy();
      JsonNode value = less.remove(name);
      assertThat(schema.validate(less.toString(), InputFormat.JSON)).as("%s", less).isNotEmpty();
      less.set(name + "_renamed", value);
      assertThat(schema.validate(less.toString(), InputFormat.JSON)).as("%s", less).isNotEmpty();
      ObjectNode quoted = object.deepCopy();
      if (value.isNumber()) {
        quoted.put(name, value.toString());
        assertThat(schema.validate(quoted.toString(), InputFormat.JSON)).isNotEmpty();
      }
    }
  }

  private static Schema schema(String definition) {
    return REGISTRY.getSchema(
        "{\"$ref\": \"#/$defs/" + definition + "\"," + text.strip().substring(1));
  }

  private static void done(String line) {
    assertThat(STOCK.line(line).status()).as(line).isZero();
  }
}
