package io.stockledger.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of a command's result. */
class OutputTest {
  private static final Row STOCK =
      Row.of("item_id", 101L, "date", LocalDate.of(2025, 9, 19), "stock", 50L);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aResultIsItsLinesOrOneObjectOrARecordWithAHeader() {
    Consumer<Output> result = output -> output.result(STOCK, "first line", "second line");
    expect(OutputForm.TEXT, result, "first line\nsecond line\n", "");
    expect(
        OutputForm.JSON,
        result,
        "{\"ok\":true,\"item_id\":101,\"date\":\"2025-09-19\",\"stock\":50}\n",
        "");
    expect(OutputForm.CSV, result, "item_id,date,stock\n101,2025-09-19,50\n", "");
  }

  @Test
  void aRefusalIsNoRecordOfACsv() {
    Row row = Row.of("reason", "insufficient_stock", "available", 5L);
    Consumer<Output> refusal = output -> output.refused(row, "Only 5.");
    expect(OutputForm.TEXT, refusal, "Only 5.\n", "");
    expect(
        OutputForm.JSON,
        refusal,
        "{\"ok\":false,\"reason\":\"insufficient_stock\",\"available\":5}\n",
        "");
    expect(OutputForm.CSV, refusal, "", "Only 5.\n");
  }

  @Test
  void aListHasOneLinePerElement() {
    Consumer<Output> list =
        output -> {
          output.columns("item_id", "name", "stale");
          output.row(Row.of("item_id", 1L, "name", "a,\"b\"\t", "stale", true));
          output.row(Row.of("item_id", 2L, "name", null, "stale", false));
          output.end(true);
        };
    expect(OutputForm.TEXT, list, "1\ta,\"b\"\\u0009\tstale\n2\t\t\n", "");
    expect(
        OutputForm.JSON,
        list,
        """
        {"item_id":1,"name":"a,\\"b\\"\\t","stale":true}
        {"item_id":2,"name":null,"stale":false}
        """,
        "");
    expect(
        OutputForm.CSV, list, "item_id,name,stale\n1,\"a,\"\"b\"\"\\u0009\",true\n2,,false\n", "");
  }

  @Test
  void aListOnATerminalIsAnAlignedTableWithAHeader() {
    assertThat(
            onScreen(
                output -> {
                  output.row(Row.of("item_id", 1L, "name", "みそ", "stock", 5L, "stale", false));
                  output.row(
                      Row.of("item_id", 102L, "name", "Sake", "stock", 1050L, "stale", true));
                  output.row(Row.of("item_id", 3L, "name", null, "stock", -2L, "stale", false));
                  output.end(true);
                }))
        .isEqualTo(
            """
            item_id  name  stock  stale
                  1  みそ      5
                102  Sake   1050  stale
                  3           -2
            """);
  }

  /** A table has as many lines as a list has elements, and is not kept in memory. */
  @Test
  void aLongTableGrowsWiderAndHasOneHeader() {
    List<String> lines =
        onScreen(
                output -> {
                  for (long i = 1; i <= 2_500; i++) {
                    output.row(Row.of("item_id", i, "name", i == 1_500 ? "a long name" : "b"));
                  }
                  output.end(true);
                })
            .lines()
            .toList();
    assertThat(lines).hasSize(2_501).startsWith("item_id  name", "      1  b");
    assertThat(lines.get(1_500)).isEqualTo("   1500  a long name");
    assertThat(lines).endsWith("   2500  b");
  }

  @Test
  void aTableIsWrittenBeforeWhatComesAfterIt() {
    Row row = Row.of("item_id", 7L);
    String table = "item_id\n      7\n";
    assertThat(
            onScreen(
                output -> {
                  output.row(row);
                  output.end(false);
                }))
        .isEqualTo(table);
    assertThat(
            onScreen(
                output -> {
                  output.row(row);
                  output.line(row, "a line");
                }))
        .isEqualTo(table + "a line\n");
    assertThat(
            onScreen(
                output -> {
                  output.row(row);
                  output.failure("busy", "Try later.", 1);
                }))
        .isEqualTo(table);
    assertThat(
            onScreen(
                output -> {
                  output.row(row);
                  output.refusedBecause(row, "No.");
                }))
        .isEqualTo(table);
  }

  private static String onScreen(Consumer<Output> result) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), true);
    result.accept(Output.of(OutputForm.TEXT, CsvStyle.USUAL, terminal));
    terminal.finish();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anEmptyListHasAHeaderInCsvAlone() {
    Consumer<Output> list =
        output -> {
          output.columns("item_id", "name");
          output.end(true);
        };
    expect(OutputForm.TEXT, list, "", "");
    expect(OutputForm.JSON, list, "", "");
    expect(OutputForm.CSV, list, "item_id,name\n", "");
    expect(OutputForm.CSV, output -> output.columns("item_id"), "", "");
  }

  @Test
  void anElementMayBeASentenceAndAListATable() {
    expect(OutputForm.TEXT, output -> output.line(STOCK, "50 units"), "50 units\n", "");
    expect(
        OutputForm.JSON,
        output -> output.line(STOCK, "50 units"),
        "{\"item_id\":101,\"date\":\"2025-09-19\",\"stock\":50}\n",
        "");
    Consumer<Output> table = output -> output.table(List.of(STOCK), List.of("item  stock"));
    expect(OutputForm.TEXT, table, "item  stock\n", "");
    expect(OutputForm.CSV, table, "item_id,date,stock\n101,2025-09-19,50\n", "");
  }

  @Test
  void aFailureIsASentenceOrAnObjectOnStderr() {
    Consumer<Output> failure = output -> output.failure("busy", "Try later.", 1, "Try --help.");
    expect(OutputForm.TEXT, failure, "", "stock: Try later.\nTry --help.\n");
    expect(OutputForm.CSV, failure, "", "stock: Try later.\nTry --help.\n");
    expect(
        OutputForm.JSON,
        failure,
        "",
        "{\"error\":\"busy\",\"message\":\"Try later.\",\"status\":1}\n");
  }

  @Test
  void eachKindOfValueHasOneForm() {
    Row row =
        Row.of(
            "long", Long.MIN_VALUE,
            "int", 1,
            "big", BigInteger.TEN.pow(20),
            "decimal", new BigDecimal("1E+20"),
            "local", LocalDateTime.of(2025, 9, 19, 10, 0),
            "moment", Instant.parse("2025-09-19T10:00:00.5Z"),
            "rows", List.of(Row.of("a", 1), Row.of("a", null)),
            "words", List.of("x"));
    expect(
        OutputForm.JSON,
        output -> output.row(row),
        "{\"long\":-9223372036854775808,\"int\":1,\"big\":100000000000000000000,"
            + "\"decimal\":100000000000000000000,\"local\":\"2025-09-19T10:00:00.000000\","
            + "\"moment\":\"2025-09-19T10:00:00.500000Z\",\"rows\":[{\"a\":1},{\"a\":null}],"
            + "\"words\":[\"x\"]}\n",
        "");
    expect(
        OutputForm.CSV,
        output -> output.row(row),
        "long,int,big,decimal,local,moment\n"
            + "-9223372036854775808,1,100000000000000000000,100000000000000000000,"
            + "2025-09-19T10:00:00.000000,2025-09-19T10:00:00.500000Z\n",
        "");
    assertThatThrownBy(() -> Row.of("x", 1.5)).isInstanceOf(IllegalArgumentException.class);
  }

  /** JSON keeps the value of what a terminal would obey; the other forms write it out. */
  @Test
  void noFormHasCharactersThatATerminalObeys() {
    String hostile = "\u001b[2J\u009b\u007f\u2028\u202e\ud800純米\uD83C\uDF76";
    String shown = "\\u001b[2J\\u009b\\u007f\\u2028\\u202e\\ud800純米\uD83C\uDF76";
    String json = shown.replace("\\u001b", "\\u001B");
    Consumer<Output> row = output -> output.row(Row.of("name", hostile));
    expect(OutputForm.TEXT, row, shown + "\n", "");
    expect(OutputForm.CSV, row, "name\n" + shown + "\n", "");
    expect(OutputForm.JSON, row, "{\"name\":\"" + json + "\"}\n", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get-stock --json|JSON",
        "--json get-stock|JSON",
        "get-stock --output json --frob|JSON",
        "--output=json|JSON",
        "get-stock --output csv|TEXT",
        "get-stock --output|TEXT",
        "get-stock json|TEXT",
      })
  void theFormIsKnownBeforeTheArgumentsAreParsed(String arguments, OutputForm form) {
    assertThat(OutputForm.askedBy(List.of(arguments.split(" ")))).isEqualTo(form);
  }

  private Terminal terminal() {
    return new Terminal(InputStream.nullInputStream(), out, err);
  }

  private void expect(OutputForm form, Consumer<Output> use, String result, String messages) {
    out.reset();
    err.reset();
    Terminal terminal = terminal();
    use.accept(Output.of(form, CsvStyle.USUAL, terminal));
    assertThat(terminal.finish()).isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8)).as("%s", form).isEqualTo(result);
    assertThat(err.toString(StandardCharsets.UTF_8)).as("%s", form).isEqualTo(messages);
  }
}
