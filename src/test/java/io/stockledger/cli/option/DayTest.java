package io.stockledger.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.testing.StockCli;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The days that options name by their distance from today. */
class DayTest {
  private static final LocalDate WEDNESDAY = LocalDate.of(2025, 1, 1);

  @ParameterizedTest
  @CsvSource({
    "today, 2025-01-01",
    "yesterday, 2024-12-31",
    "-1d, 2024-12-31",
    "-7d, 2024-12-25",
    "-10d, 2024-12-22",
    "-366d, 2024-01-01",
    "-9999d, 1997-08-17",
    "wednesday, 2025-01-01",
    "tuesday, 2024-12-31",
    "monday, 2024-12-30",
    "sunday, 2024-12-29",
    "saturday, 2024-12-28",
    "friday, 2024-12-27",
    "thursday, 2024-12-26",
    "2025-09-19, 2025-09-19",
  })
  void aDayIsCountedFromToday(String word, LocalDate day) {
    assertThat(Converters.Day.convert(word, WEDNESDAY)).isEqualTo(day);
  }

  @Test
  void aDayOfTheWeekIsTheLatestUpToToday() {
    for (int days = 0; days < 14; days++) {
      LocalDate today = WEDNESDAY.plusDays(days);
      for (DayOfWeek dayOfWeek : DayOfWeek.values()) {
        LocalDate day = Converters.Day.convert(dayOfWeek.name().toLowerCase(Locale.ROOT), today);
        assertThat(day.getDayOfWeek()).isEqualTo(dayOfWeek);
        assertThat(day).isBetween(today.minusDays(6), today);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-0d", "-07d", "-10000d", "-d", "-7D", "-7", "7d", "+7d", "Monday", "mon"})
  void anotherWordIsRefused(String word) {
    assertThatThrownBy(() -> Converters.Day.convert(word, WEDNESDAY))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage(
            "'%s' is not a date. Use a date such as 2025-09-19, today, yesterday, monday or -7d.",
            word);
  }

  /** A word with a hyphen before it is a value, not an option. The database can't be reached. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "add SAKE-101 5 --date DAY",
        "add-stock --item-id 1 --quantity 5 --date DAY",
        "remove-stock-check --item-id 1 --quantity 5 --date DAY",
        "remove-stock-atomic --item-id 1 --quantity 5 --date DAY",
        "get --date DAY SAKE-101",
        "get-stock --item-id 1 --date DAY",
        "post-moves --move 1=1 --date DAY",
        "hold-stock --item-id 1 --quantity 1 --expires-in 1m --date DAY",
        "count-stock --item-id 1 --counted 1 --date DAY",
        "reverse-move --request-id a --date DAY",
        "correct-move --request-id a --quantity 1 --date DAY",
        "list-moves --item-id 1 --from DAY --to DAY",
        "list-stock --date DAY",
        "list-closings --date DAY",
        "daily-summary --date DAY",
        "run-batch --from DAY --date DAY",
        "chart --item-id 1 --from DAY --to DAY",
        "export --from DAY --to DAY",
      })
  void everyOptionForADayTakesTheWords(String line) {
    StockCli stock =
        StockCli.inEnvironment(Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"));
    for (String day : new String[] {"-7d", "-1d", "monday", "sunday"}) {
      StockCli.Result result = stock.line(line.replace("DAY", day));
      assertThat(result.status()).as("%s: %s", day, result).isEqualTo(5);
    }
  }
}
