package io.stockledger.ledger.hold;

import io.stockledger.ledger.RefusedException;

/** What became of a hold whose time was over. */
public sealed interface ExpiredHold {
  OpenHold hold();

  /** Its units are given back. */
  record Released(OpenHold hold) implements ExpiredHold {}

  /** The ledger's rules do not allow to give its units back, so it is as it was. */
  record NotReleased(OpenHold hold, RefusedException reason) implements ExpiredHold {}
}
