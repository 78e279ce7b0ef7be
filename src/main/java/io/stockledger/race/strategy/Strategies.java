package io.stockledger.race.strategy;

import io.stockledger.db.Database;
import java.util.List;

/** Makes the strategies of a race. */
public final class Strategies {
  private Strategies() {}

  /**
   * Makes the strategy of each name, in the order of the names.
   *
   * @param writers how many repositories the buyers of group-append share
   */
  public static List<RaceStrategy> of(List<StrategyName> names, Database database, int writers) {
    return names.stream().map(name -> of(name, database, writers)).toList();
  }

  private static RaceStrategy of(StrategyName name, Database database, int writers) {
    return switch (name) {
      case CHECK_THEN_INSERT -> CheckThenInsert.ofOneItem();
      case CONDITIONAL_INSERT -> new ConditionalInsert();
      case COMPARE_AND_APPEND, ORDER_COMPARE_AND_APPEND ->
          CompareAndAppend.bySeparateWriters(name, database);
      case GROUP_APPEND, ORDER_GROUP_APPEND -> CompareAndAppend.inGroups(name, database, writers);
      case COMPARE_AND_APPEND_NO_QUEUE -> CompareAndAppend.withoutQueue(database);
      case READ_MODIFY_WRITE -> new ReadModifyWrite();
      case UNGUARDED_UPDATE -> new UnguardedUpdate();
      case UPDATE_THEN_CHECK -> new UpdateThenCheck();
      case CONDITIONAL_UPDATE -> ConditionalUpdate.ofOneItem();
      case STOCK_AS_VERSION -> new StockAsVersion();
      case VERSION_COLUMN -> new VersionColumn();
      case SELECT_FOR_UPDATE -> SelectForUpdate.ofOneItem();
      case OPTIMISTIC_TRANSACTION -> new OptimisticTransaction();
      case STRIPED_COUNTER -> new StripedCounter();
      case STRIPED_APPEND -> new StripedAppend();
      case BOOKSHOP -> new Bookshop();
      case ORDER_CHECK_THEN_INSERT -> CheckThenInsert.ofOrders();
      case ORDER_CONDITIONAL_UPDATE -> ConditionalUpdate.ofOrders();
      case ORDER_SELECT_FOR_UPDATE -> SelectForUpdate.ofOrders();
      case ORDER_SKIP_LOCKED -> new SkipLocked();
      case HOLD_GROUP_APPEND -> CompareAndAppend.ofHolds(database, writers);
      case HOLD_SELECT_FOR_UPDATE -> new HoldForUpdate();
    };
  }
}
