package io.stockledger.race.sale;

/** Why a purchase was refused. */
public enum RefusalReason {
  NOT_ENOUGH("not enough stock"),
  /** Refused because of another buyer, without reading the stock again. */
  SOMEONE_WAS_QUICKER("someone else was quicker"),
  BALANCE_TOO_SMALL("balance too small"),
  NOT_OPEN_YET("the sale is not open yet"),
  OVER("the sale is over");

  private final String words;

  RefusalReason(String words) {
    this.words = words;
  }

  /** The reason as part of a sentence. */
  public String text() {
    return words;
  }

  /** Whether the refusal is wrong if enough stock is left in the end. */
  public boolean isAboutStock() {
    return switch (this) {
      case NOT_ENOUGH, SOMEONE_WAS_QUICKER -> true;
      case BALANCE_TOO_SMALL, NOT_OPEN_YET, OVER -> false;
    };
  }
}
