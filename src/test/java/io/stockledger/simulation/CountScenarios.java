package io.stockledger.simulation;

import static io.stockledger.simulation.Run.Kind.ONE_STATEMENT;
import static io.stockledger.simulation.Run.Kind.READS_FIRST;

import io.stockledger.simulation.Request.Line;
import java.util.List;

/** The scenarios with counts, each of which is compared with the moves of some moment. */
final class CountScenarios {
  private CountScenarios() {}

  /** Compared before the sale, it needs a move; compared after it, none. */
  static final Scenario COUNT_SENT_TWICE =
      Scenario.of("a count that two users send, beside a removal", 3)
          .user(READS_FIRST, Request.count("n", 0, 2))
          .user(READS_FIRST, Request.count("n", 0, 2))
          .user(ONE_STATEMENT, "a", new Line(0, -1))
          .within(2, 1, 1);

  static final Scenario COUNT_OF_NOTHING =
      Scenario.of("a count of nothing, whose move may be refused beside a removal", 2)
          .user(READS_FIRST, Request.count("n", 0, 0))
          .user(ONE_STATEMENT, "a", new Line(0, -1))
          .within(3, 2, 1);

  static final Scenario TWO_COUNTS_WITH_ONE_ID =
      Scenario.of("two counts with one id", 2)
          .user(READS_FIRST, Request.count("n", 0, 1))
          .user(READS_FIRST, Request.count("n", 0, 3))
          .within(3, 1, 1);

  static final List<Scenario> ALL =
      List.of(COUNT_SENT_TWICE, COUNT_OF_NOTHING, TWO_COUNTS_WITH_ONE_ID);
}
