package io.stockledger.cli.command.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The charts of an item, compared with what the other commands say of it. */
class ChartIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    assertThat(stock.line("setup-db").status()).isZero();
  }

  @Test
  void drawsStockAndMovesOfEachDay() {
    done("add-stock --item-id 101 --quantity 25 --date 2025-09-19");
    done("remove-stock-atomic --item-id 101 --quantity 45 --date 2025-09-19");
    done("remove-stock-atomic --item-id 101 --quantity 40 --date 2025-09-21");
    assertThat(stock.line("chart --item-id 101 --from 2025-09-18 --to 2025-09-21").out())
        .isEqualTo(
            """
            Item 101, SAKE-101, 純米大吟醸 720ml: stock and moves by day, 2025-09-18 to 2025-09-21
            2025-09-18  %s   0
            2025-09-19  %s  80  +125 -45
            2025-09-20  %s  80
            2025-09-21  %s  40  -40
            """
                .formatted(
                    " ".repeat(54),
                    "█".repeat(54),
                    "█".repeat(54),
                    "█".repeat(27) + " ".repeat(27)));
  }

  @Test
  void eachDayIsTheStockThatGetStockShows() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    LocalDate first = LocalDate.of(2025, 9, 15);
    for (int i = 0; i < 20; i++) {
      String day = first.plusDays(random.nextInt(14)).toString();
      int units = 1 + random.nextInt(30);
      String command = random.nextBoolean() ? "add-stock" : "remove-stock-check";
      stock.line(command + " --item-id 101 --quantity " + units + " --date " + day);
    }
    for (LocalDate day = first.plusDays(3);
        day.isBefore(first.plusDays(12));
        day = day.plusDays(1)) {
      String csv =
          stock.line("chart --item-id 101 --from " + day + " --to " + day + " --output csv").out();
      String units = stock.line("get-stock --item-id 101 --date " + day).out();
      assertThat(csv.strip().replaceAll("(?s).*,", ""))
          .as("seed %d, %s", seed, day)
          .isEqualTo(units.strip().replaceAll(".* ", ""));
    }
  }

  @Test
  void theSvgHoldsTheValuesAndEveryName() throws Exception {
    String name = "<b>&amp; ]]> \" ' \uFFFE 純米";
    assertThat(
            stock.run("add-item", "--item-id", "7", "--item-code", "A<&", "--name", name).status())
        .isZero();
    done("add-stock --item-id 7 --quantity 10 --date 2025-09-19");
    done("remove-stock-atomic --item-id 7 --quantity 4 --date 2025-09-20");
    Document svg = draw("--item-id 7 --from 2025-09-19 --to 2025-09-21");
    assertThat(titles(svg))
        .contains(
            "Item 7, A<&, "
                + name.replace('\uFFFE', '?')
                + ": stock and moves by day,"
                + " 2025-09-19 to 2025-09-21")
        .containsSequence(
            "2025-09-19: +10, stock 10", "2025-09-20: -4, stock 6", "2025-09-21: stock 6");
    assertThat(ofClass(svg, "added")).hasSize(1);
    assertThat(ofClass(svg, "removed")).hasSize(1);
    Element path = ofClass(svg, "stock").get(0);
    // 260 is zero, 60 the highest stock: 10, then 6, which stays.
    assertThat(path.getAttribute("d").replaceAll(" H [0-9.]+", ""))
        .isEqualTo("M 90 260.0 V 60.0 V 140.0 V 140.0");
    assertThat(svg.getDocumentElement().getAttribute("aria-labelledby"))
        .isEqualTo("title description");
  }

  @Test
  void yearsAreDrawnByLongerPeriods() throws Exception {
    for (String span :
        List.of("2025-01-01 2025-12-31", "2020-01-01 2025-12-31", "1990-01-01 2025-12-31")) {
      String[] days = span.split(" ", -1);
      Document svg = draw("--item-id 101 --from " + days[0] + " --to " + days[1]);
      assertThat(ofClass(svg, "period")).as(span).hasSizeBetween(30, 130);
      assertThat(titles(svg).get(titles(svg).size() - 1)).as(span).endsWith("stock 100");
      assertThat(ofClass(svg, "added")).as(span).hasSize(1);
    }
  }

  @Test
  void wrongDaysItemsAndFilesAreTold() {
    assertThat(stock.line("chart --item-id 5 --from 2025-09-19").status()).isEqualTo(3);
    assertThat(stock.line("chart --item-id 101 --from 2025-09-19 --to 2025-09-18").err())
        .contains("2025-09-18 is before 2025-09-19, the day of --from.");
    assertThat(stock.line("chart --item-id 101 --from 1000-01-01 --to 2025-09-18").status())
        .isEqualTo(2);
    assertThat(
            stock.line("chart --item-id 101 --from 2025-09-19 --svg " + folder + "/a/b").status())
        .isEqualTo(2);
  }

  private void done(String line) {
    assertThat(stock.line(line).status()).as(line).isZero();
  }

  private Document draw(String options) throws Exception {
    Path file = folder.resolve("chart.svg");
    StockCli.Result result = stock.line("chart " + options + " --svg " + file);
    assertThat(result.status()).as("%s", result).isZero();
    return parse(file);
  }

  private static Document parse(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(read(file))));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static List<String> titles(Document svg) {
    NodeList titles = svg.getElementsByTagName("title");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < titles.getLength(); i++) {
      texts.add(titles.item(i).getTextContent());
    }
    return texts;
  }

  private static List<Element> ofClass(Document svg, String name) {
    NodeList elements = svg.getElementsByTagName("*");
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.getAttribute("class").equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
