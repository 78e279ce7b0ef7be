package io.stockledger.race.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The name of a strategy, with what the strategy claims. The order is that of the reports. */
public enum StrategyName {
  CHECK_THEN_INSERT("check-then-insert", Claim.OVERSELLS),
  CONDITIONAL_INSERT("conditional-insert", Claim.OVERSELLS),
  COMPARE_AND_APPEND("compare-and-append", Claim.EXACT),
  GROUP_APPEND("group-append", Claim.EXACT),
  COMPARE_AND_APPEND_NO_QUEUE("compare-and-append-no-queue", Claim.EXACT),
  READ_MODIFY_WRITE("read-modify-write", Claim.OVERSELLS),
  UNGUARDED_UPDATE("unguarded-update", Claim.OVERSELLS),
  UPDATE_THEN_CHECK("update-then-check", Claim.EXACT),
  CONDITIONAL_UPDATE("conditional-update", Claim.EXACT),
  STOCK_AS_VERSION("stock-as-version", Claim.TURNS_AWAY),
  VERSION_COLUMN("version-column", Claim.TURNS_AWAY),
  SELECT_FOR_UPDATE("select-for-update", Claim.EXACT),
  OPTIMISTIC_TRANSACTION("optimistic-transaction", Claim.TURNS_AWAY),
  STRIPED_COUNTER("striped-counter", Claim.EXACT),
  STRIPED_APPEND("striped-append", Claim.EXACT),
  BOOKSHOP("bookshop", Claim.EXACT),
  ORDER_CHECK_THEN_INSERT("order-check-then-insert", Claim.OVERSELLS, Sells.ORDERS),
  ORDER_COMPARE_AND_APPEND("order-compare-and-append", Claim.EXACT, Sells.ORDERS),
  ORDER_GROUP_APPEND("order-group-append", Claim.EXACT, Sells.ORDERS),
  ORDER_CONDITIONAL_UPDATE("order-conditional-update", Claim.EXACT, Sells.ORDERS),
  ORDER_SELECT_FOR_UPDATE("order-select-for-update", Claim.EXACT, Sells.ORDERS),
  ORDER_SKIP_LOCKED("order-skip-locked", Claim.TURNS_AWAY, Sells.ORDERS),
  HOLD_GROUP_APPEND("hold-group-append", Claim.EXACT, Sells.HOLDS),
  HOLD_SELECT_FOR_UPDATE("hold-select-for-update", Claim.EXACT, Sells.HOLDS);

  private enum Sells {
    ONE_ITEM,
    ORDERS,
    /** One item, which is held and then committed. */
    HOLDS
  }

  private static final String ALL = "all";
  private static final String EXACT = "exact";
  private static final String ORDER = "order";
  private static final String HOLD = "hold";

  private final String word;
  private final Claim claim;
  private final Sells sells;

  StrategyName(String word, Claim claim) {
    this(word, claim, Sells.ONE_ITEM);
  }

  StrategyName(String word, Claim claim, Sells sells) {
    this.word = word;
    this.claim = claim;
    this.sells = sells;
  }

  /** The word that {@code --strategy} takes and the reports print. */
  public String word() {
    return word;
  }

  public Claim claim() {
    return claim;
  }

  /** Whether the strategy sells orders of several items; otherwise it sells one item. */
  public boolean sellsOrders() {
    return sells == Sells.ORDERS;
  }

  /** Every word that {@link #select} knows. */
  public static List<String> words() {
    return Stream.concat(
            Stream.of(ALL, EXACT, ORDER, HOLD), Arrays.stream(values()).map(StrategyName::word))
        .toList();
  }

  /**
   * Selects strategies, each once, in the order of the reports.
   *
   * @param words words of strategies; {@code all} that sell one item; {@code exact}, those of them
   *     that claim to be exact; {@code order}, all that sell orders; {@code hold}, all that hold
   *     the item first
   * @throws IllegalArgumentException for an unknown word; the message lists the known ones
   */
  public static List<StrategyName> select(List<String> words) {
    for (String word : words) {
      if (!words().contains(word)) {
        throw new IllegalArgumentException(
            "Unknown strategy " + word + ". Known are: " + String.join(", ", words()));
      }
    }
    return Arrays.stream(values())
        .filter(
            name ->
                words.contains(name.word)
                    || switch (name.sells) {
                      case ONE_ITEM ->
                          words.contains(ALL)
                              || (words.contains(EXACT) && name.claim == Claim.EXACT);
                      case ORDERS -> words.contains(ORDER);
                      case HOLDS -> words.contains(HOLD);
                    })
        .toList();
  }
}
