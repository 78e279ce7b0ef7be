package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;

import io.stockledger.proxy.Actions;

/**
 * A command that moves stock, with the state of the item before it and the result that it must
 * have.
 */
enum MoveCase {
  ADD("add-stock", 0, 5, "Successfully added 5 units to item %d on 2025-09-19.\n", 0),
  /** The stock is exactly enough, so a second execution would be refused. */
  CHECK(
      "remove-stock-check", 5, 5, "Successfully removed 5 units from item %d on 2025-09-19.\n", 0),
  ATOMIC("remove-stock-atomic", 5, 5, "Successfully removed 5 units from item %d (atomic).\n", 0),
  /** A move on a later day makes the removal check the later days too. */
  ATOMIC_BACK_DATED(
      "remove-stock-atomic", 5, 5, "Successfully removed 5 units from item %d (atomic).\n", 0),
  /** Two conflicts make the command queue at the item's row, in a transaction. */
  ATOMIC_QUEUED(
      "remove-stock-atomic", 5, 5, "Successfully removed 5 units from item %d (atomic).\n", 0),
  CHECK_REFUSED(
      "remove-stock-check",
      4,
      5,
      """
      Current stock is 4. Trying to remove 5.
      Failed to remove stock: Insufficient stock. Available: 4, Required: 5.
      """,
      3),
  ATOMIC_REFUSED(
      "remove-stock-atomic",
      4,
      5,
      "Failed to remove stock: Insufficient stock. Available: 4, Required: 5.\n",
      3);

  private final String command;
  private final long stock;
  private final long quantity;
  private final String out;
  private final int status;

  MoveCase(String command, long stock, long quantity, String out, int status) {
    this.command = command;
    this.stock = stock;
    this.quantity = quantity;
    this.out = out;
    this.status = status;
  }

  /** Adds an item in the state that the case needs, and returns its id. */
  long newItem(FaultBench bench) {
    long itemId = bench.newItem(stock);
    if (this == ATOMIC_BACK_DATED) {
      bench.assertDone("add-stock --item-id " + itemId + " --quantity 3 --date 2025-09-20");
    }
    return itemId;
  }

  /** Installs the rules that the case needs in the proxy. */
  void prepare(FaultBench bench) {
    if (this == ATOMIC_QUEUED) {
      bench
          .proxy()
          .when(statement("INSERT INTO stock_moves"))
          .times(2)
          .then(Actions.answerError(9007, "HY000", "Write conflict"));
    }
  }

  String commandLine(long itemId, String requestId) {
    return command
        + " --item-id "
        + itemId
        + " --quantity "
        + quantity
        + " --date "
        + FaultBench.DAY
        + " --request-id "
        + requestId;
  }

  /** The stdout of the command when it completes. */
  String out(long itemId) {
    return out.formatted(itemId);
  }

  /** The exit status of the command when it completes: 0 or 3. */
  int status() {
    return status;
  }

  int movesWhenDone() {
    return status == 0 ? 1 : 0;
  }
}
