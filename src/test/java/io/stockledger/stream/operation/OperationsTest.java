package io.stockledger.stream.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.text.Today;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks how a line is read, and what is said of one that is no request. */
class OperationsTest {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private static Operations.Asked read(String line) {
    return read(line.getBytes(StandardCharsets.UTF_8));
  }

  private static Operations.Asked read(byte[] line) {
    return Operations.read(ByteBuffer.wrap(line));
  }

  private static String fault(Operations.Asked asked) {
    assertThat(asked.step()).isInstanceOf(Step.Nothing.class);
    return ((Step.Nothing) asked.step()).answer().sentence();
  }

  @Test
  void eachOperationIsRead() {
    assertThat(
            read("""
                    {"op":"add","request_id":"a","item_id":7,"quantity":5,"date":"2025-09-19"}""")
                .step())
        .isEqualTo(new Step.Moves(Request.ofOneLine(7, 5, DAY, "a"), false));
    assertThat(
            read("""
                     { "quantity" : 5 , "note":"\\u65e5本", "item_id":7,"op":"remove",
                     "request_id":"a" }\r"""
                    .replace("\n", ""))
                .step())
        .isEqualTo(
            new Step.Moves(
                new Request("a", Today.date(), "日本", List.of(new RequestLine(7, -5))), false));
    assertThat(
            read("""
                    {"op":"post","request_id":"a","date":"2025-09-19","lines":[
                    {"item_id":7,"increment":-1},{"increment":9223372036854775807,"item_id":8}]}"""
                    .replace("\n", ""))
                .step())
        .isEqualTo(
            new Step.Moves(
                new Request(
                    "a",
                    DAY,
                    "",
                    List.of(new RequestLine(7, -1), new RequestLine(8, Long.MAX_VALUE))),
                true));
    assertThat(read("{\"op\":\"get\",\"item_id\":7,\"date\":\"2025-09-19\"}").step())
        .isEqualTo(new Step.StockOf(7, DAY));
    assertThat(read("{\"op\":\"reverse\",\"request_id\":\"a\"}").step())
        .isInstanceOf(Step.Alone.class);
    assertThat(read("{\"op\":\"status\"}").step()).isEqualTo(new Step.Status());
    assertThat(Operations.names())
        .containsExactly(
            "add", "remove", "post", "reverse", "count", "hold", "commit", "release", "get",
            "status");
  }

  @Test
  void eachOperationOfHoldsAndCountsIsRead() {
    Purpose hold = new Purpose.Hold(new Purpose.ExpiresIn(Duration.ofMinutes(15)));
    assertThat(
            read("""
                    {"op":"hold","request_id":"a","item_id":7,"quantity":5,"expires_in":"15m",
                    "date":"2025-09-19"}"""
                    .replace("\n", ""))
                .step())
        .isEqualTo(
            new Step.Moves(new Request("a", DAY, "", List.of(new RequestLine(7, -5)), hold), true));
    assertThat(
            read("""
                    {"op":"hold","request_id":"a","lines":[{"item_id":7,"quantity":5},
                    {"item_id":8,"quantity":1}],"note":"n","expires_in":"15m"}"""
                    .replace("\n", ""))
                .step())
        .isEqualTo(
            new Step.Moves(
                new Request(
                    "a",
                    Today.date(),
                    "n",
                    List.of(new RequestLine(7, -5), new RequestLine(8, -1)),
                    hold),
                true));
    assertThat(read("{\"op\":\"commit\",\"request_id\":\"a\"}").step())
        .isEqualTo(new Step.Moves(Request.commitOfHold("a"), true));
    assertThat(read("{\"op\":\"release\",\"request_id\":\"a\"}").step())
        .isInstanceOf(Step.Alone.class);
    assertThat(
            read("{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":7,\"counted\":0,\"after_move\":0}")
                .step())
        .isInstanceOf(Step.Alone.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|The line is no JSON object.",
        "null|The line is no JSON object.",
        "[]|The line is no JSON object.",
        "7|The line is no JSON object.",
        "`{}`|The field op is missing.",
        "{\"op\":7}|The field op must be a text.",
        "{\"op\":\"remov\"}|Unknown operation 'remov'. Did you mean remove?",
        "{\"op\":\"get\",\"item_id\":7} {}|The line has more than one JSON object.",
        "{\"op\":\"get\",\"item_id\":7}]"
            + "|The line is no JSON object: Unexpected close marker ']'",
        "{\"op\":\"get\",\"item_id\":7,}|The line is no JSON object: Unexpected character",
        "{op:\"get\"}|The line is no JSON object: Unexpected character ('o'",
        "{\"op\":\"get\" /* why */}|The line is no JSON object: Unexpected character ('/'",
        "{'op':'get'}|The line is no JSON object: Unexpected character",
        "{\"op\":\"get\",\"op\":\"get\",\"item_id\":7}"
            + "|The line is no JSON object: Duplicate field 'op'.",
        "{\"op\":\"get\",\"item_id\":7,\"quantity\":1}|Unknown field 'quantity'.",
        "{\"op\":\"status\",\"item_id\":7}|Unknown field 'item_id'.",
        "{\"op\":\"get\",\"item_id\":7.0}"
            + "|The field 'item_id' must be a whole number, without a fraction or an exponent.",
        "{\"op\":\"get\",\"item_id\":7e0}"
            + "|The field 'item_id' must be a whole number, without a fraction or an exponent.",
        "{\"op\":\"get\",\"item_id\":07}|The line is no JSON object: Invalid numeric value",
        "{\"op\":\"get\",\"item_id\":+7}|The line is no JSON object: ",
        "{\"op\":\"get\",\"item_id\":NaN}|The line is no JSON object: ",
        "{\"op\":\"get\",\"item_id\":9223372036854775808}|A number is out of range.",
        "{\"op\":\"get\",\"item_id\":\"7\"}|The field item_id must be a whole number.",
        "{\"op\":\"get\",\"item_id\":null}|The field 'item_id' has a value of the wrong kind.",
        "{\"op\":\"get\",\"item_id\":true}|The field 'item_id' has a value of the wrong kind.",
        "{\"op\":\"get\",\"item_id\":{}}|The field 'item_id' has a value of the wrong kind.",
        "{\"op\":\"get\",\"item_id\":0}|The item_id is 0; it must be at least 1.",
        "{\"op\":\"get\",\"item_id\":-0}|The item_id is 0; it must be at least 1.",
        "{\"op\":\"get\"}|The field item_id is missing.",
        "{\"op\":\"get\",\"item_id\":7,\"date\":\"today\"}"
            + "|The date is 'today'; it must be a day such as 2025-09-19.",
        "{\"op\":\"get\",\"item_id\":7,\"date\":\"2025-02-30\"}"
            + "|The date is '2025-02-30'; it must be a day such as 2025-09-19.",
        "{\"op\":\"add\",\"item_id\":7,\"quantity\":1}|The field request_id is missing.",
        "{\"op\":\"add\",\"request_id\":\"a b\",\"item_id\":7,\"quantity\":1}"
            + "|Invalid request id: 'a b' is not a request id",
        "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":-1}"
            + "|The quantity is -1; it must be at least 1.",
        "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1,\"note\":\"\\u0000\"}"
            + "|Invalid note: '\\u0000' has control characters.",
        "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1,\"note\":\"\\ud800\"}"
            + "|Invalid note: ",
        "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1,\"date\":\"9999-01-01\"}"
            + "|Invalid date: 9999-01-01 is more than 366 days ahead.",
        "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1,\"date\":\"0999-01-01\"}"
            + "|Invalid date: 0999-01-01 is before 1000-01-01.",
        "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":[]}|Invalid number of lines: ",
        "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":[7]}"
            + "|The field 'lines' must be a list of objects.",
        "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":7}"
            + "|The field lines must be a list of objects.",
        "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":[{\"item_id\":7,\"increment\":0}]}"
            + "|Invalid quantity: it must not be 0.",
        "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":[{\"item_id\":7,\"increment\":1,\"x\":1}]}"
            + "|Unknown field 'x'.",
        "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":[{\"item_id\":7,\"lines\":[]}]}"
            + "|The field 'lines' has a value of the wrong kind.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1}"
            + "|The field expires_in is missing.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1,\"expires_in\":900}"
            + "|The field expires_in must be a text.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1,\"expires_in\":\"900\"}"
            + "|The expires_in is '900'; it must be a time such as 90s, 15m, 2h or 3d.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1,\"expires_in\":\"0s\"}"
            + "|Invalid time of a hold: it must be from 1 second to 366 days.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":-1,\"expires_in\":\"15m\"}"
            + "|The quantity is -1; it must be at least 1.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"expires_in\":\"15m\"}|The field item_id is missing.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"lines\":[],\"expires_in\":\"15m\"}"
            + "|Invalid number of lines: a request has 1 to 100 of them.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"lines\":[{\"item_id\":7,\"increment\":-1}],"
            + "\"expires_in\":\"15m\"}|The field quantity is missing.",
        "{\"op\":\"hold\",\"request_id\":\"a\",\"item_id\":7,\"quantity\":1,\"expires_in\":\"15m\","
            + "\"lines\":[{\"item_id\":7,\"quantity\":1}]}"
            + "|Give item_id and quantity, or lines, not both.",
        "{\"op\":\"commit\"}|The field request_id is missing.",
        "{\"op\":\"commit\",\"request_id\":\"a\",\"date\":\"2025-09-19\"}|Unknown field 'date'.",
        "{\"op\":\"release\",\"request_id\":7}|The field request_id must be a text.",
        "{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":7}|The field counted is missing.",
        "{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":7,\"counted\":-1}"
            + "|The counted is -1; it must be at least 0.",
        "{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":7,\"counted\":1,\"after_move\":-1}"
            + "|The after_move is -1; it must be at least 0.",
        "{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":7,\"counted\":1,\"note\":\"\\u0000\"}"
            + "|Invalid note: '\\u0000' has control characters.",
        "{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":7,\"counted\":1,\"date\":\"9999-01-01\"}"
            + "|Invalid date: 9999-01-01 is more than 366 days ahead.",
        "{\"op\":\"get|The line is no JSON object: Unexpected end-of-input",
      })
  void aLineThatIsNoRequestIsNamed(String line, String sentence) {
    assertThat(fault(read(line))).startsWith(sentence);
  }

  @Test
  void bytesThatAreNoTextAreNamed() {
    assertThat(fault(read(new byte[] {'{', '"', (byte) 0xff, '"', '}'})))
        .isEqualTo("The line is no UTF-8.");
    // An overlong form, and half of a surrogate pair.
    assertThat(fault(read(new byte[] {(byte) 0xc0, (byte) 0x80})))
        .isEqualTo("The line is no UTF-8.");
    assertThat(fault(read(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})))
        .isEqualTo("The line is no UTF-8.");
    assertThat(fault(read("\0"))).startsWith("The line is no JSON object: Illegal character");
    assertThat(fault(read("{\"op\":\"g\0et\"}"))).startsWith("The line is no JSON object: Illegal");
    assertThat(fault(read("{\"op\":\"get\",\"item_id\":7}".getBytes(StandardCharsets.UTF_16LE))))
        .startsWith("The line is no JSON object: ");
    assertThat(fault(read("\uFEFF{\"op\":\"get\",\"item_id\":7}")))
        .startsWith("The line is no JSON object: ");
    // The replacement character itself is a character as any other.
    assertThat(fault(read("{\"op\":\"\uFFFD\"}"))).isEqualTo("Unknown operation '\uFFFD'.");
  }

  @Test
  void aFaultyLineHasItsRequestIdIfThatCouldBeRead() {
    assertThat(read("{\"request_id\":\"a\",\"op\":\"get\",\"item_id\":1.5}").requestId())
        .isEqualTo(Optional.of("a"));
    assertThat(read("{\"request_id\":\"a b\",\"op\":\"add\"}").requestId()).isEmpty();
    assertThat(read("{\"request_id\":7,\"op\":\"add\"}").requestId()).isEmpty();
    assertThat(read("{\"op\":\"add\"").requestId()).isEmpty();
  }

  @Test
  void aRequestHasAtMost100Lines() {
    assertThat(read(post(100)).step()).isInstanceOf(Step.Moves.class);
    assertThat(fault(read(post(101)))).startsWith("Invalid number of lines: ");
  }

  private static String post(int lines) {
    return "{\"op\":\"post\",\"request_id\":\"a\",\"lines\":["
        + IntStream.range(0, lines)
            .mapToObj(i -> "{\"item_id\":" + (i + 1) + ",\"increment\":-1}")
            .collect(Collectors.joining(","))
        + "]}";
  }

  /** The longest line that a program may have to send is not too long. */
  @Test
  void theLongestRequestIsShorterThanTheLongestLine() {
    String line =
        "{\"op\":\"post\",\"request_id\":\""
            + "r".repeat(64)
            + "\",\"date\":\"2025-09-19\",\"note\":\""
            + "\\ud83c\\udf76".repeat(255)
            + "\",\"lines\":["
            + IntStream.range(0, 100)
                .mapToObj(
                    i ->
                        "{\"item_id\":%d,\"increment\":-%d}"
                            .formatted(Long.MAX_VALUE - i, Long.MAX_VALUE))
                .collect(Collectors.joining(","))
            + "]}";
    assertThat(read(line).step()).isInstanceOf(Step.Moves.class);
    assertThat(line.length()).isLessThan(11_000);
  }
}
