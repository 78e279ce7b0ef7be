package io.stockledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.simulation.Explorer.Broken;
import io.stockledger.simulation.Explorer.Exploration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Explores every order of steps and faults in small scenarios: with all guards each promise holds
 * in each state, and without any one guard a promise is broken.
 *
 * <p>{@code -Dstock.test.traces=true} prints the shortest way to each broken promise.
 */
class ProtocolTest {
  private static final Set<Guard> ALL = EnumSet.allOf(Guard.class);

  @Test
  void everyStateKeepsEveryPromise() {
    int states = 0;
    Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
    for (Scenario scenario :
        Stream.of(Scenarios.ALL, HoldScenarios.ALL, CountScenarios.ALL)
            .flatMap(List::stream)
            .toList()) {
      Exploration exploration = Explorer.explore(scenario, ALL);
      assertThat(exploration.broken()).as("%s: %s", scenario, exploration.broken()).isEmpty();
      states += exploration.states();
      exploration.answers().forEach((answer, times) -> answers.merge(answer, times, Integer::sum));
      System.out.println("ProtocolTest: " + exploration.states() + " states of " + scenario);
    }
    System.out.println("ProtocolTest: " + states + " states; in the last ones " + answers);
    // A search that ends early, or that never comes to an answer, would show nothing.
    assertThat(states).isGreaterThan(400_000);
    assertThat(answers.keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(Answer.NOT_YET)));
  }

  /** Where a guard is missed, and the promise that is broken first. */
  private record Missed(Scenario scenario, Promise promise) {}

  @ParameterizedTest
  @EnumSource(Guard.class)
  void withoutAnyOneGuardAPromiseIsBroken(Guard guard) {
    Missed missed = missed(guard);
    Exploration exploration =
        Explorer.explore(missed.scenario(), EnumSet.complementOf(EnumSet.of(guard)));
    Optional<Broken> broken = exploration.broken();
    if (Boolean.getBoolean("stock.test.traces")) {
      System.out.println("Without " + guard + ": " + broken.map(Broken::toString).orElse("fine"));
    }
    assertThat(broken.map(Broken::promise))
        .as("without %s, after %d states: %s", guard, exploration.states(), broken)
        .contains(missed.promise());
  }

  private static Missed missed(Guard guard) {
    return switch (guard) {
      case UNIQUE_ITEM_MOVE -> new Missed(Scenarios.LAST_UNITS, Promise.NUMBERS_WITHOUT_GAP);
      case UNIQUE_REQUEST_LINE -> new Missed(Scenarios.SAME_ID_ENOUGH, Promise.WHOLE_REQUEST);
      case WHOLE_STATEMENT -> new Missed(Scenarios.CARTS, Promise.WHOLE_REQUEST);
      case COMPARE_AND_APPEND ->
          new Missed(Scenarios.LAST_UNITS_READ_FIRST, Promise.NEVER_NEGATIVE);
      case ONE_ROW_OF_THE_LATEST_MOVE -> new Missed(Scenarios.LAST_UNITS, Promise.RUNNING_SUM);
      case UNIQUE_END -> new Missed(HoldScenarios.COMMIT_AND_RELEASE, Promise.ONE_END);
      case ONE_TRANSACTION ->
          new Missed(HoldScenarios.COMMIT_AND_RELEASE, Promise.OPPOSITE_GOES_WITH_THE_END);
      case CLOCK_IN_THE_STATEMENT ->
          new Missed(HoldScenarios.TWO_COMMITS, Promise.ENDED_BY_THE_CLOCK);
      case A_HOLD_ONLY_WITH_ITS_MOVE ->
          new Missed(HoldScenarios.HOLD_OF_THE_LAST_UNITS, Promise.HOLD_HAS_ITS_MOVES);
      case COMPARE_KIND ->
          new Missed(HoldScenarios.HOLD_AND_REMOVAL_WITH_ONE_ID, Promise.MADE_IS_IN_THE_LEDGER);
      case COMPARE_OUTCOMES ->
          new Missed(HoldScenarios.COMMIT_AND_RELEASE, Promise.MADE_IS_IN_THE_LEDGER);
      case ONE_END_IN_A_GROUP -> new Missed(HoldScenarios.GROUP_OF_ENDS, Promise.NO_TRIES_IN_VAIN);
      case COUNT_WHAT_IS_COMMITTED ->
          new Missed(HoldScenarios.GROUP_WITH_A_COMMIT, Promise.MADE_IS_IN_THE_LEDGER);
      case DONE_IN_PART_IS_OWN ->
          new Missed(HoldScenarios.GROUP_WITH_A_COMMIT, Promise.ALREADY_MADE_BY_ANOTHER);
      case HOLDS_AFTER_THE_LOOK_UP ->
          new Missed(HoldScenarios.TWO_RELEASES, Promise.ID_IS_OF_ANOTHER_REQUEST);
      case READ_HOLDS_ON_A_LATER_TRY ->
          new Missed(HoldScenarios.TWO_RELEASES, Promise.ID_IS_OF_ANOTHER_REQUEST);
      case READ_HOLDS_BEFORE_REFUSAL ->
          new Missed(HoldScenarios.COMMIT_AND_RELEASE, Promise.REFUSED_WAS_SO);
      case ONLY_OVERDUE_HOLDS_EXPIRE ->
          new Missed(HoldScenarios.THREE_ENDS, Promise.ENDED_BY_THE_CLOCK);
      case ONLY_A_SOLD_HOLD_IS_RETURNED ->
          new Missed(HoldScenarios.RETURN, Promise.ONLY_SOLD_IS_RETURNED);
      case A_RETURN_HAS_ITS_OWN_ID ->
          new Missed(HoldScenarios.RETURN, Promise.OPPOSITE_GOES_WITH_THE_END);
      case UNIQUE_COUNT ->
          new Missed(CountScenarios.COUNT_SENT_TWICE, Promise.COUNT_AND_ITS_MOVE_AGREE);
      case COMPARE_WHAT_WAS_COUNTED ->
          new Missed(CountScenarios.COUNT_SENT_TWICE, Promise.ID_IS_OF_ANOTHER_REQUEST);
      case COUNTS_AFTER_THE_MOVES ->
          new Missed(CountScenarios.COUNT_SENT_TWICE, Promise.ID_IS_OF_ANOTHER_REQUEST);
      case EVERY_ITEM_DECIDES ->
          new Missed(Scenarios.CARTS_READ_ITEM_BY_ITEM, Promise.NEVER_NEGATIVE);
      case LINES_OF_ONE_ITEM_ADD_UP ->
          new Missed(Scenarios.CART_OF_ONE_ITEM, Promise.NEVER_NEGATIVE);
      case A_REFUSAL_LEAVES_NO_TRACE -> new Missed(Scenarios.GROUP, Promise.REFUSED_WAS_SHORT);
      case AN_ID_ONCE_IN_A_GROUP ->
          new Missed(Scenarios.GROUP_WITH_ONE_ID, Promise.NO_TRIES_IN_VAIN);
      case SAME_ID_FOR_EACH_SENDING -> new Missed(Scenarios.GROUP, Promise.MADE_AT_MOST_ONCE);
      case LOOK_UP_AFTER_LOSS -> new Missed(Scenarios.GROUP, Promise.NO_TRIES_IN_VAIN);
      case LOOK_UP_AFTER_DUPLICATE ->
          new Missed(Scenarios.SAME_ID_ENOUGH, Promise.NO_TRIES_IN_VAIN);
      case COMPARE_CONTENT -> new Missed(Scenarios.ID_OF_ANOTHER, Promise.MADE_IS_IN_THE_LEDGER);
      case COMPARE_EVERY_LINE ->
          new Missed(Scenarios.CARTS_WITH_ONE_ID, Promise.MADE_IS_IN_THE_LEDGER);
      case FOUND_AFTER_LOSS_IS_OWN ->
          new Missed(Scenarios.LAST_UNITS, Promise.ALREADY_MADE_BY_ANOTHER);
      case GIVING_UP_AFTER_LOSS_IS_UNKNOWN ->
          new Missed(Scenarios.LAST_UNITS, Promise.NOTHING_CHANGED_IS_NEVER_MADE);
      case LOOK_UP_BEFORE_REFUSAL -> new Missed(Scenarios.SAME_ID, Promise.REFUSED_WAS_SHORT);
      case WAIT_FOR_LOST_SESSIONS, LOOK_UP_AFTER_THE_WAIT, UNKNOWN_IF_A_LOST_SESSION_STAYS ->
          new Missed(Scenarios.BESIDE_AN_ADDITION.within(2, 1, 0), Promise.REFUSED_IS_NEVER_MADE);
      case REFUSAL_RESTS_ON_A_READ ->
          new Missed(Scenarios.GROUP_THAT_IS_REFUSED, Promise.REFUSED_WAS_SHORT);
      case PROOF_IS_OF_THE_ITEM -> new Missed(Scenarios.GROUP_OF_CARTS, Promise.REFUSED_WAS_SHORT);
      case FORGET_HANDED_OVER_AFTER_CONFLICT ->
          new Missed(Scenarios.GROUP, Promise.NO_TRIES_IN_VAIN);
      case HISTORY_OF_THE_GROUP -> new Missed(Scenarios.GROUP, Promise.ALREADY_MADE_BY_ANOTHER);
      case CONFIRM_BEFORE_THE_APPEND ->
          new Missed(Scenarios.GROUP, Promise.ALREADY_MADE_BY_ANOTHER);
      case CLAIMS -> new Missed(Scenarios.QUEUE, Promise.NO_TRIES_IN_VAIN);
      case REFUSAL_WAITS_FOR_THE_LEADER ->
          new Missed(Scenarios.GROUP_THAT_IS_OVERTAKEN, Promise.REFUSED_IS_NEVER_MADE);
      case FOUND_BESIDE_THE_LEADER_IS_OWN ->
          new Missed(Scenarios.GROUP_THAT_IS_OVERTAKEN, Promise.ALREADY_MADE_BY_ANOTHER);
      case OWN_LOSS_BESIDE_THE_LEADER_IS_UNKNOWN ->
          new Missed(Scenarios.GROUP_THAT_IS_OVERTAKEN, Promise.NOTHING_CHANGED_IS_NEVER_MADE);
    };
  }
}
