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
      3),
  /** Two lines, of which each execution of the request makes both or none. */
  POST("post-moves", 5, 5, MoveCase.POSTED, 0),
  POST_QUEUED("post-moves", 5, 5, MoveCase.POSTED, 0),
  POST_REFUSED(
      "post-moves",
      4,
      5,
      "Failed to post moves: Insufficient stock of item %d. Available: 4, Required: 5.\n",
      3);

  private static final String POSTED =
      "Successfully posted 2 moves on 2025-09-19 (request id %2$s): -3 of item %1$d, -2 of item"
          + " %1$d.\n";

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
    if (this == ATOMIC_QUEUED || this == POST_QUEUED) {
      bench
          .proxy()
          .when(statement("INSERT INTO stock_moves"))
          .times(2)
          .then(Actions.answerError(9007, "HY000", "Write conflict"));
    }
  }

  String commandLine(long itemId, String requestId) {
    return command
        + (isPost()
            ? " --move %1$d=-3 --move %1$d=-2".formatted(itemId)
            : " --item-id " + itemId + " --quantity " + quantity)
        + " --date "
        + FaultBench.DAY
        + " --request-id "
        + requestId;
  }

  private boolean isPost() {
    return command.equals("post-moves");
  }

  /** The stdout of the command when it completes; not of the cases that name the request id. */
  String out(long itemId) {
    return out(itemId, "");
  }

  /** The stdout of the command when it completes. */
  String out(long itemId, String requestId) {
    return out.formatted(itemId, requestId);
  }

  /** The exit status of the command when it completes: 0 or 3. */
  int status() {
    return status;
  }

  int movesWhenDone() {
    return status == 0 ? (isPost() ? 2 : 1) : 0;
  }
}
