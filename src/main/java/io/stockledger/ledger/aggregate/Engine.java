package io.stockledger.ledger.aggregate;

/** A storage of TiDB's: what is damaged in one can't be seen in the other. */
public enum Engine {
  /** The rows, where moves are written; on another server than TiDB, its only engine. */
  TIKV,
  /** The copies by column. */
  TIFLASH
}
