package io.stockledger.simulation;

import static io.stockledger.simulation.Run.Kind.HANDED_OVER;
import static io.stockledger.simulation.Run.Kind.ONE_STATEMENT;
import static io.stockledger.simulation.Run.Kind.QUEUED;
import static io.stockledger.simulation.Run.Kind.READS_FIRST;

import io.stockledger.simulation.Request.Line;
import java.util.List;

/** The scenarios that are explored. */
final class Scenarios {
  private Scenarios() {}

  /** Units of the first item, and of the second one. */
  private static Line first(int units) {
    return new Line(0, units);
  }

  private static Line second(int units) {
    return new Line(1, units);
  }

  static final Scenario LAST_UNITS =
      Scenario.of("two removals of the last units, each in one statement", 3)
          .user(ONE_STATEMENT, "a", first(-2))
          .user(ONE_STATEMENT, "b", first(-2))
          .within(3, 3, 2);

  static final Scenario LAST_UNITS_READ_FIRST =
      Scenario.of("two removals of the last units, each decided on a read", 3)
          .user(READS_FIRST, "a", first(-2))
          .user(ONE_STATEMENT, "b", first(-2))
          .within(3, 2, 1);

  static final Scenario BESIDE_AN_ADDITION =
      Scenario.of("two removals beside an addition", 2)
          .user(ONE_STATEMENT, "a", first(-2))
          .user(READS_FIRST, "b", first(2))
          .user(READS_FIRST, "c", first(-2))
          .within(3, 2, 0);

  static final Scenario SAME_ID =
      Scenario.of("the same request by two users at once", 2)
          .user(ONE_STATEMENT, "a", first(-2))
          .user(READS_FIRST, "a", first(-2))
          .within(3, 2, 1);

  static final Scenario SAME_ID_ENOUGH =
      Scenario.of("the same request by two users at once, with stock for both", 4)
          .user(ONE_STATEMENT, "a", first(-2))
          .user(READS_FIRST, "a", first(-2))
          .within(3, 2, 1);

  static final Scenario ID_OF_ANOTHER =
      Scenario.of("two requests with one id", 3)
          .user(ONE_STATEMENT, "a", first(-2))
          .user(ONE_STATEMENT, "a", first(-3))
          .within(3, 2, 1);

  static final Scenario CARTS =
      Scenario.of("two carts of two items, and a removal", 2, 1)
          .user(READS_FIRST, "a", first(-1), second(-1))
          .user(READS_FIRST, "b", second(-1), first(-1))
          .user(ONE_STATEMENT, "c", first(-2))
          .within(2, 1, 1);

  static final Scenario CARTS_READ_ITEM_BY_ITEM =
      Scenario.of("two carts of two items, read at different moments", 2, 1)
          .user(READS_FIRST, "a", first(-1), second(-1))
          .user(READS_FIRST, "b", second(1), first(-2))
          .within(3, 2, 1)
          .readingItemByItem();

  static final Scenario CART_OF_ONE_ITEM =
      Scenario.of("a cart that names one item twice, and a removal", 3)
          .user(READS_FIRST, "a", first(-1), first(-2))
          .user(ONE_STATEMENT, "b", first(-1))
          .within(3, 2, 1);

  static final Scenario CARTS_WITH_ONE_ID =
      Scenario.of("two carts with one id, whose first lines are the same", 2, 1)
          .user(READS_FIRST, "a", first(-1), second(-1))
          .user(READS_FIRST, "a", first(-1))
          .within(3, 2, 1);

  static final Scenario GROUP =
      Scenario.of("a group, one of which is refused, beside an addition", 1)
          .team(HANDED_OVER, Request.of("a", first(-2)), Request.of("b", first(-1)))
          .user(ONE_STATEMENT, "c", first(1))
          .within(3, 2, 1);

  static final Scenario GROUP_THAT_IS_REFUSED =
      Scenario.of("a group, all of which is refused, beside an addition", 1)
          .team(HANDED_OVER, Request.of("a", first(-3)), Request.of("b", first(-2)))
          .user(ONE_STATEMENT, "c", first(1))
          .within(2, 2, 1);

  static final Scenario GROUP_OF_CARTS =
      Scenario.of("a group of carts beside an addition", 1, 2)
          .team(HANDED_OVER, Request.of("a", second(-1), first(-2)), Request.of("b", second(-1)))
          .user(ONE_STATEMENT, "c", first(1))
          .within(3, 2, 1)
          .readingItemByItem();

  static final Scenario GROUP_WITH_ONE_ID =
      Scenario.of("a group in which two users send the same request, beside a removal", 3)
          .team(HANDED_OVER, Request.of("a", first(-1)), Request.of("a", first(-1)))
          .user(ONE_STATEMENT, "c", first(-2))
          .within(3, 1, 1);

  static final Scenario GROUP_WITH_THE_ID_OF_ANOTHER =
      Scenario.of("a group, whose second id another user takes for another item", 1, 0)
          .team(HANDED_OVER, Request.of("a", first(-1)), Request.of("b", first(-1)))
          .user(READS_FIRST, "b", second(1))
          .within(3, 2, 1);

  static final Scenario GROUP_THAT_IS_OVERTAKEN =
      Scenario.of("a group whose leader hangs, beside an addition", 1)
          .team(HANDED_OVER, Request.of("a", first(1)), Request.of("b", first(-2)))
          .user(READS_FIRST, "c", first(1))
          .within(2, 2, 1)
          .withOvertaking();

  static final Scenario GROUP_THAT_IS_OVERTAKEN_WITH_ONE_ID =
      Scenario.of("a group whose leader hangs, beside the same request by another user", 1)
          .team(HANDED_OVER, Request.of("a", first(1)), Request.of("b", first(-2)))
          .user(ONE_STATEMENT, "b", first(-2))
          .within(2, 2, 1)
          .withOvertaking();

  static final Scenario QUEUE =
      Scenario.of("a queue over two items: two leaders at once, or one for both", 1, 1)
          .team(
              QUEUED,
              Request.of("a", first(-1)),
              Request.of("b", second(-1)),
              Request.of("c", second(-1), first(-1)))
          .within(2, 1, 1);

  static final Scenario QUEUE_BESIDE_AN_ADDITION =
      Scenario.of("a queue over two items, beside an addition", 1, 1)
          .team(QUEUED, Request.of("a", first(-2)), Request.of("b", second(-1), first(-1)))
          .user(ONE_STATEMENT, "c", first(1))
          .within(2, 1, 1)
          .withOvertaking();

  static final Scenario GROUP_OVER_TWO_ITEMS =
      Scenario.of("a group of requests of different items, beside an addition", 1, 1)
          .team(HANDED_OVER, Request.of("a", first(-2)), Request.of("b", second(-1)))
          .user(ONE_STATEMENT, "c", first(1))
          .within(2, 2, 1);

  static final List<Scenario> ALL =
      List.of(
          LAST_UNITS,
          LAST_UNITS_READ_FIRST,
          BESIDE_AN_ADDITION,
          SAME_ID,
          SAME_ID_ENOUGH,
          ID_OF_ANOTHER,
          CARTS,
          CARTS_READ_ITEM_BY_ITEM,
          CART_OF_ONE_ITEM,
          CARTS_WITH_ONE_ID,
          GROUP,
          GROUP_THAT_IS_REFUSED,
          GROUP_OF_CARTS,
          GROUP_WITH_ONE_ID,
          GROUP_WITH_THE_ID_OF_ANOTHER,
          GROUP_THAT_IS_OVERTAKEN,
          GROUP_THAT_IS_OVERTAKEN_WITH_ONE_ID,
          GROUP_OVER_TWO_ITEMS,
          QUEUE,
          QUEUE_BESIDE_AN_ADDITION);
}
