package io.stockledger.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of the stream: answers in the order of the lines, and those of the lines done one
 * after another.
 */
class StreamContractIT {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final int ITEMS = 4;
  private static final Pattern EXPIRES_AT = Pattern.compile("\"expires_at\":\"[0-9T:.-]{26}Z\"");

  private static StockCli ledger(String... commands) {
    StockCli stock = new StockCli(TestDatabase.server().newSchema());
    assertThat(stock.line("setup-db").status()).isZero();
    for (int item = 102; item < 100 + ITEMS; item++) {
      assertThat(
              stock
                  .line("add-item --item-id %1$d --item-code C%1$d --name N".formatted(item))
                  .status())
          .isZero();
    }
    for (String command : commands) {
      assertThat(stock.line(command).status()).isZero();
    }
    return stock;
  }

  private static List<String> answers(StockCli stock, List<String> lines, String... more) {
    List<String> words = new ArrayList<>(List.of("stream"));
    words.addAll(List.of(more));
    StockCli.Result result =
        stock.runWithInput(
            lines.stream().map(line -> line + "\n").collect(Collectors.joining()),
            words.toArray(String[]::new));
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(StockCli.Result.withoutTiflashNotice(result.err())).isEmpty();
    return result.out().lines().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 400, 3_000})
  void answersAreThoseOfTheLinesDoneOneAfterAnother(int count) {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> lines = IntStream.range(0, count).mapToObj(i -> line(random, count)).toList();
    StockCli atOnce = ledger();
    List<String> together = answers(atOnce, lines);
    List<String> oneByOne = answers(ledger(), lines, "--window", "1");
    for (int i = 0; i < count; i++) {
      assertThat(together.get(i))
          .as("-Dstock.test.seed=%d, line %d: %s", seed, i + 1, lines.get(i))
          .isEqualTo(withTimeOf(together.get(i), oneByOne.get(i)))
          .startsWith("{\"line\":" + (i + 1) + ",");
    }
    assertThat(together).hasSameSizeAs(oneByOne).hasSize(count);
    assertThat(together.stream().filter(answer -> answer.contains("\"ok\":true")).count())
        .as("-Dstock.test.seed=%d", seed)
        // A quarter, less what chance may take of a few lines.
        .isGreaterThan(count / 4 - 10);
    assertThat(atOnce.line(Server.current().verify("verify")).out()).isEmpty();
  }

  /** Holds of two ledgers expire at different times. */
  private static String withTimeOf(String one, String other) {
    Matcher time = EXPIRES_AT.matcher(one);
    return time.find()
        ? EXPIRES_AT.matcher(other).replaceFirst(Matcher.quoteReplacement(time.group()))
        : other;
  }

  private static String line(Random random, int count) {
    // Few ids, so that many are sent again, with the same moves or with others.
    String id = "r-" + random.nextInt(count);
    int item = 101 + random.nextInt(ITEMS);
    int units = 1 + random.nextInt(30);
    LocalDate day = DAY.plusDays(random.nextInt(4));
    return switch (random.nextInt(18)) {
      case 0, 1, 2, 3 ->
          "{\"op\":\"remove\",\"request_id\":\"%s\",\"item_id\":%d,\"quantity\":%d,\"date\":\"%s\"}"
              .formatted(id, item, units, day);
      case 4, 5, 6 ->
          "{\"op\":\"add\",\"request_id\":\"%s\",\"item_id\":%d,\"quantity\":%d,\"date\":\"%s\"}"
              .formatted(id, item, units, day);
      case 7, 8 ->
          "{\"op\":\"post\",\"request_id\":\"%s\",\"date\":\"%s\",\"lines\":[%s]}"
              .formatted(
                  id,
                  day,
                  IntStream.rangeClosed(0, random.nextInt(3))
                      .mapToObj(
                          i ->
                              "{\"item_id\":%d,\"increment\":%d}"
                                  .formatted(
                                      101 + random.nextInt(ITEMS),
                                      random.nextBoolean()
                                          ? 1 + random.nextInt(9)
                                          : -1 - random.nextInt(9)))
                      .collect(Collectors.joining(",")));
      case 9 -> "{\"op\":\"get\",\"item_id\":%d,\"date\":\"%s\"}".formatted(item, day);
      case 10 -> "{\"op\":\"reverse\",\"request_id\":\"%s\"}".formatted(id);
      case 11, 12 ->
          "{\"op\":\"hold\",\"request_id\":\"%s\",\"item_id\":%d,\"quantity\":%d,"
                  .formatted(id, item, units)
              + "\"date\":\"%s\",\"expires_in\":\"3d\"}".formatted(day);
      case 13, 14 -> "{\"op\":\"commit\",\"request_id\":\"%s\"}".formatted(id);
      case 15 -> "{\"op\":\"release\",\"request_id\":\"%s\"}".formatted(id);
      case 16 ->
          "{\"op\":\"count\",\"request_id\":\"%s\",\"item_id\":%d,\"counted\":%d,\"date\":\"%s\"}"
              .formatted(id, item, units, day);
      default -> random.nextBoolean() ? "{\"op\":\"get\"" : "";
    };
  }

  /** The same id with other items may not overtake the line before it. */
  @Test
  void theFirstOfTwoLinesWithOneIdIsMade() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add(
          "{\"op\":\"add\",\"request_id\":\"same-%d\",\"item_id\":%d,\"quantity\":1}"
              .formatted(i / 2, 101 + i % 2));
    }
    List<String> answers = answers(ledger(), lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(answers.get(i))
          .contains(i % 2 == 0 ? "\"ok\":true" : "\"reason\":\"request_id_reused\"");
    }
  }

  @Test
  void aStockIsThatBetweenTheLinesBeforeAndAfter() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add(
          "{\"op\":\"remove\",\"request_id\":\"o-%d\",\"item_id\":101,\"quantity\":1}"
              .formatted(i));
      lines.add("{\"op\":\"get\",\"item_id\":101}");
    }
    List<String> answers = answers(ledger(), lines);
    for (int i = 0; i < 60; i++) {
      assertThat(answers.get(2 * i + 1)).contains("\"stock\":" + (99 - i) + ",");
    }
  }

  /** A commit has no item, so nothing but its id keeps it behind its hold. */
  @Test
  void linesAboutOneHoldWaitForEachOther() {
    List<String> lines = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String id = ",\"request_id\":\"h-" + i + "\"";
      String hold =
          "{\"op\":\"hold\"" + id + ",\"item_id\":101,\"quantity\":1,\"expires_in\":\"15m\"}";
      String commit = "{\"op\":\"commit\"" + id + "}";
      String other = i % 3 == 0 ? "reverse" : "release";
      lines.addAll(List.of(commit, hold, commit, hold));
      expected.addAll(List.of("unknown_hold", "\"repeated\":false", "committed", "\"ok\":true"));
      lines.add("{\"op\":\"" + other + "\"" + id + "}");
      expected.add(other.equals("reverse") ? "return:h-" + i : "hold_committed");
    }
    List<String> answers = answers(ledger("add-stock --item-id 101 --quantity 1000"), lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(answers.get(i)).as(lines.get(i)).contains(expected.get(i));
    }
  }

  /**
   * A commit is appended with the moves around it before it is known that there is no such hold. It
   * is then decided anew, and it alone: if the refused removal were, it would find the units of the
   * line after it.
   */
  @Test
  void aRefusalStaysBesideACommitThatIsRefused() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add("{\"op\":\"commit\",\"request_id\":\"none-" + i + "\"}");
      lines.add(
          "{\"op\":\"remove\",\"request_id\":\"o-%d\",\"item_id\":101,\"quantity\":%d}"
              .formatted(i, 101 + i));
      lines.add(
          "{\"op\":\"add\",\"request_id\":\"d-%d\",\"item_id\":101,\"quantity\":1}".formatted(i));
    }
    List<String> answers = answers(ledger(), lines);
    for (int i = 0; i < lines.size(); i += 3) {
      assertThat(answers.get(i)).contains("unknown_hold");
      assertThat(answers.get(i + 1)).contains("\"available\":" + (100 + i / 3) + ",");
      assertThat(answers.get(i + 2)).contains("\"ok\":true");
    }
  }

  @Test
  void aReversalSeesTheLinesBeforeIt() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add(
          "{\"op\":\"add\",\"request_id\":\"o-%d\",\"item_id\":101,\"quantity\":1}".formatted(i));
      lines.add("{\"op\":\"reverse\",\"request_id\":\"o-%d\"}".formatted(i));
    }
    assertThat(answers(ledger(), lines)).allMatch(answer -> answer.contains("\"ok\":true"));
  }

  /** What a line is answered is what the command of that name prints with --json. */
  @Test
  void theWordsAreThoseOfTheCommands() {
    StockCli commands = ledger();
    StockCli streamed = ledger();
    String[][] pairs = {
      {
        "add-stock --item-id 101 --quantity 5 --date 2025-09-20 --request-id a",
        "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":101,\"quantity\":5,\"date\":\"2025-09-20\"}"
      },
      {
        "add-stock --item-id 101 --quantity 5 --date 2025-09-20 --request-id a",
        "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":101,\"quantity\":5,\"date\":\"2025-09-20\"}"
      },
      {
        "remove-stock-atomic --item-id 101 --quantity 104 --date 2025-09-19 --request-id b",
        "{\"op\":\"remove\",\"request_id\":\"b\",\"item_id\":101,\"quantity\":104,"
            + "\"date\":\"2025-09-19\"}"
      },
      {
        "remove-stock-atomic --item-id 999 --quantity 1 --request-id c",
        "{\"op\":\"remove\",\"request_id\":\"c\",\"item_id\":999,\"quantity\":1}"
      },
      {
        "add-stock --item-id 101 --quantity 6 --date 2025-09-20 --request-id a",
        "{\"op\":\"add\",\"request_id\":\"a\",\"item_id\":101,\"quantity\":6,\"date\":\"2025-09-20\"}"
      },
      {
        "add-stock --item-id 101 --quantity 9223372036854775807 --request-id d",
        "{\"op\":\"add\",\"request_id\":\"d\",\"item_id\":101,\"quantity\":9223372036854775807}"
      },
      {
        "post-moves --move 101=-2 --move 102=3 --date 2025-09-21 --request-id e --note gift",
        "{\"op\":\"post\",\"request_id\":\"e\",\"date\":\"2025-09-21\",\"note\":\"gift\",\"lines\":["
            + "{\"item_id\":101,\"increment\":-2},{\"item_id\":102,\"increment\":3}]}"
      },
      {
        "post-moves --move 101=-2000 --move 102=-2000 --date 2025-09-21 --request-id f",
        "{\"op\":\"post\",\"request_id\":\"f\",\"date\":\"2025-09-21\",\"lines\":["
            + "{\"item_id\":101,\"increment\":-2000},{\"item_id\":102,\"increment\":-2000}]}"
      },
      {
        "post-moves --move 101=-2000 --date 2025-09-21 --request-id f",
        "{\"op\":\"post\",\"request_id\":\"f\",\"date\":\"2025-09-21\",\"lines\":["
            + "{\"item_id\":101,\"increment\":-2000}]}"
      },
      {"reverse-move --request-id e", "{\"op\":\"reverse\",\"request_id\":\"e\"}"},
      {"reverse-move --request-id none", "{\"op\":\"reverse\",\"request_id\":\"none\"}"},
      {
        "get-stock --item-id 101 --date 2025-09-20",
        "{\"op\":\"get\",\"item_id\":101,\"date\":\"2025-09-20\"}"
      },
      {"get-stock --item-id 999", "{\"op\":\"get\",\"item_id\":999}"},
      {
        "hold-stock --item-id 101 --quantity 3 --expires-in 3d --date 2025-09-21 --request-id h",
        "{\"op\":\"hold\",\"request_id\":\"h\",\"item_id\":101,\"quantity\":3,"
            + "\"expires_in\":\"3d\",\"date\":\"2025-09-21\"}"
      },
      {
        "hold-stock --move 101=3 --expires-in 1h --date 2025-09-21 --request-id h",
        "{\"op\":\"hold\",\"request_id\":\"h\",\"lines\":[{\"item_id\":101,\"quantity\":3}],"
            + "\"expires_in\":\"1h\",\"date\":\"2025-09-21\"}"
      },
      {
        "hold-stock --move 101=1 --move 102=2 --expires-in 1h --date 2025-09-22 --request-id i",
        "{\"op\":\"hold\",\"request_id\":\"i\",\"lines\":[{\"item_id\":101,\"quantity\":1},"
            + "{\"item_id\":102,\"quantity\":2}],\"expires_in\":\"1h\",\"date\":\"2025-09-22\"}"
      },
      {
        "hold-stock --move 101=1000 --expires-in 1h --date 2025-09-22 --request-id j",
        "{\"op\":\"hold\",\"request_id\":\"j\",\"item_id\":101,\"quantity\":1000,"
            + "\"expires_in\":\"1h\",\"date\":\"2025-09-22\"}"
      },
      {
        "remove-stock-atomic --item-id 101 --quantity 3 --date 2025-09-21 --request-id h",
        "{\"op\":\"remove\",\"request_id\":\"h\",\"item_id\":101,\"quantity\":3,"
            + "\"date\":\"2025-09-21\"}"
      },
      {"reverse-move --request-id h", "{\"op\":\"reverse\",\"request_id\":\"h\"}"},
      {"commit-hold --request-id h", "{\"op\":\"commit\",\"request_id\":\"h\"}"},
      {"commit-hold --request-id h", "{\"op\":\"commit\",\"request_id\":\"h\"}"},
      {"release-hold --request-id h", "{\"op\":\"release\",\"request_id\":\"h\"}"},
      {"reverse-move --request-id h", "{\"op\":\"reverse\",\"request_id\":\"h\"}"},
      {"release-hold --request-id i", "{\"op\":\"release\",\"request_id\":\"i\"}"},
      {"release-hold --request-id i", "{\"op\":\"release\",\"request_id\":\"i\"}"},
      {"commit-hold --request-id i", "{\"op\":\"commit\",\"request_id\":\"i\"}"},
      {"commit-hold --request-id none", "{\"op\":\"commit\",\"request_id\":\"none\"}"},
      {"release-hold --request-id a", "{\"op\":\"release\",\"request_id\":\"a\"}"},
      {
        "count-stock --item-id 101 --counted 90 --date 2025-09-23 --request-id k --note shelf",
        "{\"op\":\"count\",\"request_id\":\"k\",\"item_id\":101,\"counted\":90,"
            + "\"date\":\"2025-09-23\",\"note\":\"shelf\"}"
      },
      {
        "count-stock --item-id 101 --counted 90 --date 2025-09-23 --request-id k",
        "{\"op\":\"count\",\"request_id\":\"k\",\"item_id\":101,\"counted\":90,"
            + "\"date\":\"2025-09-23\"}"
      },
      {
        "count-stock --item-id 101 --counted 91 --date 2025-09-23 --request-id k",
        "{\"op\":\"count\",\"request_id\":\"k\",\"item_id\":101,\"counted\":91,"
            + "\"date\":\"2025-09-23\"}"
      },
      {
        "count-stock --item-id 101 --counted 0 --after-move 1 --date 2025-09-23 --request-id l",
        "{\"op\":\"count\",\"request_id\":\"l\",\"item_id\":101,\"counted\":0,"
            + "\"after_move\":1,\"date\":\"2025-09-23\"}"
      },
      {
        "count-stock --item-id 101 --counted 0 --after-move 99 --date 2025-09-23 --request-id m",
        "{\"op\":\"count\",\"request_id\":\"m\",\"item_id\":101,\"counted\":0,"
            + "\"after_move\":99,\"date\":\"2025-09-23\"}"
      },
      {
        "count-stock --item-id 101 --counted 5 --date 2025-09-23 --request-id a",
        "{\"op\":\"count\",\"request_id\":\"a\",\"item_id\":101,\"counted\":5,"
            + "\"date\":\"2025-09-23\"}"
      },
      {
        "count-stock --item-id 999 --counted 5 --date 2025-09-23 --request-id n",
        "{\"op\":\"count\",\"request_id\":\"n\",\"item_id\":999,\"counted\":5,"
            + "\"date\":\"2025-09-23\"}"
      },
    };
    List<String> lines = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String[] pair : pairs) {
      expected.add(commands.line(pair[0] + " --json").out().strip());
      lines.add(pair[1]);
    }
    List<String> answers = answers(streamed, lines);
    for (int i = 0; i < pairs.length; i++) {
      assertThat(
              answers.get(i).replaceFirst("^\\{\"line\":\\d+,(\"request_id\":\"[a-z]+\",)?", "{"))
          .as(pairs[i][0])
          .isEqualTo(withTimeOf(answers.get(i), expected.get(i)));
    }
  }

  @Test
  void closingsThatLateMovesMadeStaleAreWrittenAgain() {
    StockCli stock = ledger();
    assertThat(stock.line("run-batch --date 2025-09-19").status()).isZero();
    answers(
        stock,
        List.of(
            "{\"op\":\"remove\",\"request_id\":\"late\",\"item_id\":101,\"quantity\":30,"
                + "\"date\":\"2025-09-19\"}"));
    assertThat(stock.line("list-closings --date 2025-09-19 --json").out())
        .contains("\"closing_stock\":70")
        .doesNotContain("\"stale\":true");
  }

  @Test
  void aStreamOfNoLinesEndsAtOnce() {
    assertThat(answers(ledger(), List.of())).isEmpty();
  }

  @Test
  void invariantsHoldForThousandsOfLinesAtOnce() {
    String url = TestDatabase.server().newSchema();
    StockCli stock = new StockCli(url);
    assertThat(stock.line("setup-db").status()).isZero();
    List<String> lines =
        IntStream.range(0, 3_000)
            .mapToObj(
                i ->
                    "{\"op\":\"%s\",\"request_id\":\"i-%d\",\"item_id\":101,\"quantity\":%d}"
                        .formatted(i % 3 == 0 ? "add" : "remove", i, 1 + i % 7))
            .toList();
    assertThat(answers(stock, lines)).hasSize(3_000);
    LedgerInvariants.check(url);
  }
}
