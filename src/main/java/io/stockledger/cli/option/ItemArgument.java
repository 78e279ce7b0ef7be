package io.stockledger.cli.option;

import io.stockledger.db.Database;
import java.util.OptionalLong;

/** The arguments that name an item. */
interface ItemArgument {
  /** Refuses arguments that name no item, or more than one, before a connection is opened. */
  void checkIsGiven();

  /**
   * Returns the item's number; empty if no item is named.
   *
   * @throws io.stockledger.ledger.UnknownItemException if no item has the code
   */
  OptionalLong find(Database database);
}
