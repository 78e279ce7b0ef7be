package io.stockledger.ledger.verify;

/** A storage engine of TiDB. Damage in one of them can't be seen in the other. */
public enum Engine {
  /** TiKV, which stores rows and takes the writes; on another server its only engine. */
  TIKV,
  /** TiFlash, which stores copies by column. */
  TIFLASH
}
