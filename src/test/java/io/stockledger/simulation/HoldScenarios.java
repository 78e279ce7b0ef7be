package io.stockledger.simulation;

import static io.stockledger.simulation.Run.Kind.ONE_STATEMENT;
import static io.stockledger.simulation.Run.Kind.READS_FIRST;

import io.stockledger.simulation.Beside.Outcome;
import io.stockledger.simulation.Request.Line;
import java.util.List;

/** The scenarios with holds: how they are made, and how they end at the same moment. */
final class HoldScenarios {
  private HoldScenarios() {}

  private static final Request HOLD = Request.hold("h", new Line(0, -2));
  private static final Request OTHER = Request.hold("g", new Line(1, -1));
  private static final Request OF_TWO_ITEMS = Request.hold("h", new Line(1, -1), new Line(0, -1));
  private static final Request RELEASE = HOLD.release(Outcome.RELEASED);
  private static final Request TIMER = HOLD.release(Outcome.EXPIRED);

  static final Scenario COMMIT_AND_RELEASE =
      Scenario.of("a hold that is committed and released at once", 3)
          .holding(HOLD)
          .user(ONE_STATEMENT, HOLD.commit())
          .user(READS_FIRST, RELEASE)
          .within(3, 2, 1)
          .expiring();

  static final Scenario THREE_ENDS =
      Scenario.of("a hold that is committed, released and expired at once", 3)
          .holding(HOLD)
          .user(ONE_STATEMENT, HOLD.commit())
          .user(READS_FIRST, RELEASE)
          .user(READS_FIRST, TIMER)
          .within(2, 1, 0)
          .expiring();

  static final Scenario TWO_COMMITS =
      Scenario.of("a hold that two users commit", 3)
          .holding(HOLD)
          .user(ONE_STATEMENT, HOLD.commit())
          .user(ONE_STATEMENT, HOLD.commit())
          .within(2, 2, 1)
          .expiring();

  static final Scenario TWO_RELEASES =
      Scenario.of("a hold that two users release", 3)
          .holding(HOLD)
          .user(READS_FIRST, RELEASE)
          .user(READS_FIRST, RELEASE)
          .within(3, 2, 1);

  static final Scenario HOLD_SENT_TWICE =
      Scenario.of("a hold that two users send, and its commit", 3)
          .user(ONE_STATEMENT, HOLD)
          .user(READS_FIRST, HOLD)
          .user(ONE_STATEMENT, HOLD.commit())
          .within(2, 1, 0)
          .expiring();

  static final Scenario HOLD_AND_REMOVAL_WITH_ONE_ID =
      Scenario.of("a hold and a removal of the same units with one id", 4)
          .user(ONE_STATEMENT, HOLD)
          .user(ONE_STATEMENT, "h", new Line(0, -2))
          .within(3, 2, 1);

  static final Scenario HOLD_OF_THE_LAST_UNITS =
      Scenario.of("a hold and a removal of the last units, each in one statement", 3)
          .user(ONE_STATEMENT, HOLD)
          .user(ONE_STATEMENT, "a", new Line(0, -2))
          .within(3, 2, 1);

  static final Scenario HOLD_OF_TWO_ITEMS =
      Scenario.of("a hold of two items, its commit and its release", 1, 1)
          .user(READS_FIRST, OF_TWO_ITEMS)
          .user(ONE_STATEMENT, OF_TWO_ITEMS.commit())
          .user(READS_FIRST, OF_TWO_ITEMS.release(Outcome.RELEASED))
          .within(3, 1, 1);

  static final Scenario GROUP_OF_ENDS =
      Scenario.of("a group with the release and the commit of a hold, beside a removal", 3)
          .holding(HOLD)
          .team(READS_FIRST, RELEASE, HOLD.commit())
          .user(ONE_STATEMENT, "a", new Line(0, -1))
          .within(2, 1, 1)
          .expiring();

  static final Scenario GROUP_WITH_A_COMMIT =
      Scenario.of("a group with a removal and the commit of a hold, beside another commit", 3)
          .holding(HOLD)
          .team(READS_FIRST, Request.of("a", new Line(0, -1)), HOLD.commit())
          .user(ONE_STATEMENT, HOLD.commit())
          .within(2, 1, 1)
          .expiring();

  static final Scenario GROUP_WITH_A_HOLD =
      Scenario.of("a group with a hold and its commit, beside a release", 3)
          .team(READS_FIRST, HOLD, HOLD.commit())
          .user(READS_FIRST, RELEASE)
          .within(2, 1, 1)
          .expiring();

  static final Scenario TIMER_OF_TWO_HOLDS =
      Scenario.of("two holds that a timer releases together, beside commits of both", 3, 2)
          .holding(HOLD, OTHER)
          .team(READS_FIRST, TIMER, OTHER.release(Outcome.EXPIRED))
          .user(ONE_STATEMENT, HOLD.commit())
          .user(ONE_STATEMENT, OTHER.commit())
          .within(2, 1, 0)
          .expiring();

  static final Scenario RETURN =
      Scenario.of("a hold that is committed, released and returned at once", 3)
          .holding(HOLD)
          .user(ONE_STATEMENT, HOLD.commit())
          .user(READS_FIRST, RELEASE)
          .user(ONE_STATEMENT, HOLD.giveBack())
          .within(2, 1, 1);

  static final Scenario RELEASE_WITH_THE_ID_OF_ANOTHER =
      Scenario.of("a release, whose id another user takes for the same moves", 3)
          .holding(HOLD)
          .user(READS_FIRST, RELEASE)
          .user(ONE_STATEMENT, RELEASE.id(), new Line(0, 2))
          .user(ONE_STATEMENT, HOLD.commit())
          .within(2, 1, 0);

  static final List<Scenario> ALL =
      List.of(
          COMMIT_AND_RELEASE,
          THREE_ENDS,
          TWO_COMMITS,
          TWO_RELEASES,
          HOLD_SENT_TWICE,
          HOLD_AND_REMOVAL_WITH_ONE_ID,
          HOLD_OF_THE_LAST_UNITS,
          HOLD_OF_TWO_ITEMS,
          GROUP_OF_ENDS,
          GROUP_WITH_A_COMMIT,
          GROUP_WITH_A_HOLD,
          TIMER_OF_TWO_HOLDS,
          RETURN,
          RELEASE_WITH_THE_ID_OF_ANOTHER);
}
