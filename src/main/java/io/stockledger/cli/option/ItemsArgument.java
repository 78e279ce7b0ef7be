package io.stockledger.cli.option;

import io.stockledger.db.Database;
import io.stockledger.ledger.UnknownItemException;
import java.util.List;

/** The arguments that name several items. */
public interface ItemsArgument {
  /** Refuses arguments that name no item, or in two ways, before a connection is opened. */
  void checkAreGiven();

  Found find(Database database);

  /**
   * The items that the arguments name.
   *
   * @param numbers in the order of the arguments
   * @param unknown the codes that no item has; then there are no numbers
   */
  record Found(List<Long> numbers, List<UnknownItemException> unknown) {}
}
