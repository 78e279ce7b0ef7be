package io.stockledger.cli.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that verify finds a wrong code_identity and a code that add-item refuses. */
class VerifyCodesIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void makeLedger() {
    assertThat(stock.run("setup-db").status()).isZero();
    String[] codes = {"Straße", "\u0130", "e\u0301", "👨\u200d👩\u200d👧"};
    for (int i = 0; i < codes.length; i++) {
      assertThat(
              stock
                  .run("add-item", "--item-id=" + (201 + i), "--item-code=" + codes[i], "--name=n")
                  .status())
          .isZero();
    }
    expect("verify", 0, "");
  }

  @Test
  void aWrongIdentityIsFound() {
    execute("UPDATE items SET code_identity = 'sake\u200b-101' WHERE item_id = 101");
    String finding =
        "Invariant 7: item 101: code_identity is 'sake\\u200b-101', expected 'sake-101'.\n";
    expect("verify", 4, finding);
    expect("verify --item-id 101", 4, finding);
    expect("verify --item-id 201", 0, "");
    expect(
        "verify --json",
        4,
        """
        {"invariant":7,"item_id":101,"move_no":null,"date":null,"subject":"code_identity",\
        "found":"'sake\\\\u200b-101'","expected":"'sake-101'"}
        """);
    execute("UPDATE items SET code_identity = 'sake-101' WHERE item_id = 101");
    expect("verify", 0, "");
  }

  @Test
  void anIdentityThatIsNullIsFound() {
    execute(
        "ALTER TABLE items MODIFY COLUMN code_identity VARCHAR(256) NULL",
        "UPDATE items SET code_identity = NULL WHERE item_id = 101");
    expect("verify", 4, "Invariant 7: item 101: code_identity is NULL, expected 'sake-101'.\n");
  }

  @Test
  void aCodeThatAddItemRefusesIsFound() {
    execute(
        "INSERT INTO items (item_id, item_code, name, code_identity) VALUES"
            + " (1, 'A\u200b', 'n', 'a'), (2, '\u00a0B', 'n', 'b'), (3, 'C\u202e', 'n', 'c')");
    String accepted = ", expected a code that add-item accepts.\n";
    expect(
        "verify",
        4,
        "Invariant 7: item 1: item_code is 'A\\u200b'"
            + accepted
            + "Invariant 7: item 2: item_code is '\\u00a0B'"
            + accepted
            + "Invariant 7: item 3: item_code is 'C\\u202e'"
            + accepted);
  }

  /** More items than are read at a time, with findings in the first and the last of them. */
  @Test
  void allItemsAreRead() {
    execute(
        LongStream.rangeClosed(1_000, 4_000)
            .mapToObj(id -> "(%d, 'CODE-%d', 'n', 'code-%d')".formatted(id, id, id))
            .collect(
                Collectors.joining(
                    ", ",
                    "INSERT INTO items (item_id, item_code, name, code_identity) VALUES ",
                    "")),
        "UPDATE items SET code_identity = UPPER(code_identity) WHERE item_id IN (101, 4000)");
    expect(
        "verify",
        4,
        """
        Invariant 7: item 101: code_identity is 'SAKE-101', expected 'sake-101'.
        Invariant 7: item 4000: code_identity is 'CODE-4000', expected 'code-4000'.
        """);
  }

  private void expect(String line, int status, String out) {
    assertThat(stock.line(Server.current().verify(line)))
        .isEqualTo(new StockCli.Result(status, out, ""));
  }

  private void execute(String... statements) {
    TestDatabase.server().execute(url, statements);
  }
}
