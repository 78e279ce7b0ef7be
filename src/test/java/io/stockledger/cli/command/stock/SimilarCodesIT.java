package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A code that no item has is answered with the codes that it may stand for. */
class SimilarCodesIT {
  private static final String URL = TestDatabase.server().newSchema();
  private static final StockCli STOCK = new StockCli(URL);

  @BeforeAll
  static void items() {
    assertThat(STOCK.line("setup-db").status()).isZero();
    StringBuilder items = new StringBuilder("item_id,item_code,name\n");
    for (int i = 1; i <= 2_000; i++) {
      items.append(1_000 + i).append(",PART-").append(10_000 + i).append(",Part\n");
    }
    items.append("7,MISO-1,Miso\n8,Straße-1,Street\n9,MISO-2,Miso\n");
    assertThat(STOCK.runWithInput(items.toString(), "add-item", "--file", "-").status()).isZero();
  }

  @Test
  void inMovesAndInReads() {
    for (String command :
        new String[] {
          "add-stock --quantity 1 --item-code MSIO-1",
          "remove-stock-check --quantity 1 --item-code MSIO-1",
          "post-moves --move MSIO-1=1",
          "hold-stock --quantity 1 --expires-in 1m --item-code MSIO-1",
          "get-stock --item-code MSIO-1",
          "list-moves --item-code MSIO-1",
          "update-item --new-name A --item-code MSIO-1",
          "reverse-move --last --item-code MSIO-1"
        }) {
      assertThat(STOCK.line(command))
          .as(command)
          .isEqualTo(
              new StockCli.Result(3, "", "stock: Unknown item MSIO-1. Did you mean MISO-1?\n"));
    }
  }

  @Test
  void inFilesAndTheirRejects(@TempDir Path folder) throws IOException {
    Path rejects = folder.resolve("rejects.csv");
    String file =
        """
        item_code,date,quantity,request_id
        MSIO-1,2025-09-19,1,m-1
        COFFEE,2025-09-19,1,m-2
        MSIO-1,2025-09-19,1,m-3
        """;
    assertThat(
            STOCK
                .runWithInput(file, "import", "-", "--rejects", rejects.toString(), "--json")
                .out())
        .contains(
            "{\"line\":2,\"request_id\":\"m-1\",\"reason\":\"unknown_item\","
                + "\"message\":\"Unknown item MSIO-1. Did you mean MISO-1?\"}")
        .contains("\"message\":\"Unknown item COFFEE. Register it with add-item.\"}");
    assertThat(rejects)
        .content()
        .isEqualTo(
            """
            reason,item_code,date,quantity,request_id
            Unknown item MSIO-1. Did you mean MISO-1?,MSIO-1,2025-09-19,1,m-1
            Unknown item COFFEE. Register it with add-item.,COFFEE,2025-09-19,1,m-2
            Unknown item MSIO-1. Did you mean MISO-1?,MSIO-1,2025-09-19,1,m-3
            """);
    assertThat(
            STOCK
                .runWithInput(
                    "item_code,counted,request_id\nMSIO-2,5,c\n", "count-stock", "--file", "-")
                .err())
        .contains("Line 2: Unknown item MSIO-2. Did you mean MISO-2?\n");
  }

  @Test
  void theNearestIsFirstWhateverTheCase() {
    told("miso-1", "Did you mean MISO-1?");
    told("msio-2", "Did you mean MISO-2?");
    told("MISO-3", "Did you mean MISO-2 or MISO-1?");
    told("STRASE-1", "Did you mean Straße-1?");
    // Among two thousand: neighbours in the order of the key.
    told("PART-1150", "Did you mean PART-11500 or PART-11501 or PART-11502?");
    told("MISO", "Did you mean MISO-1 or MISO-2?");
  }

  @Test
  void noneIsNamedThatDiffersInMuch() {
    told("COFFEE", "Register it with add-item.");
    told("é", "Register it with add-item.");
    told("x".repeat(64), "Register it with add-item.");
  }

  @Test
  void aNumberHasNoNeighbours() {
    assertThat(STOCK.line("get-stock --item-id 6").err())
        .isEqualTo("stock: Unknown item 6. Register it with add-item.\n");
    assertThat(STOCK.line("get-stock --item-code MSIO-1 --json").out())
        .isEqualTo(
            "{\"ok\":false,\"reason\":\"unknown_item\",\"item_code\":\"MSIO-1\",\"similar\":[\"MISO-1\"]}\n");
  }

  private static void told(String code, String sentence) {
    assertThat(STOCK.line("get-stock --item-code " + code).err())
        .isEqualTo("stock: Unknown item " + code + ". " + sentence + "\n");
  }
}
