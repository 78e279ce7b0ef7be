package io.stockledger.simulation;

import io.stockledger.simulation.Beside.Outcome;
import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Request.Count;
import io.stockledger.simulation.Request.End;
import io.stockledger.simulation.Request.Return;
import io.stockledger.simulation.Run.Finds;
import io.stockledger.simulation.Run.HoldState;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code HoldRepository}, {@code StockRepository} and {@code CountRepository} read first. */
final class FirstReads {
  private final Scenario scenario;
  private final Set<Guard> guards;
  private final Tries tries;
  private final LookUps lookUps;

  FirstReads(Scenario scenario, Set<Guard> guards, Tries tries) {
    this.scenario = scenario;
    this.guards = guards;
    this.tries = tries;
    this.lookUps = new LookUps(scenario, guards);
  }

  /** Begins the work of a writer. That of a release, a timer, a return or a count reads first. */
  World start(World world, int index) {
    Run run = world.runs().get(index);
    return requests(run).allMatch(FirstReads::readsFirst)
        ? world.withRun(index, run.at(new Finds()))
        : tries.begin(world, index);
  }

  private Stream<Request> requests(Run run) {
    return run.users().stream().map(scenario.requests()::get);
  }

  /** Whether the writer has a count. */
  boolean counts(Run run) {
    return requests(run).anyMatch(request -> request.purpose() instanceof Count);
  }

  private static boolean readsFirst(Request request) {
    return request.purpose() instanceof Return
        || request.purpose() instanceof Count
        || (request.purpose() instanceof End end && end.outcome().givesBack());
  }

  /** The writer has looked for its holds. It sends nothing if there is nothing to do. */
  World found(World world, int index) {
    Run run = world.runs().get(index);
    Request first = scenario.requests().get(run.users().get(0));
    if (first.purpose() instanceof Count asked) {
      Answer answer = lookUps.standing(world, first, Answer.NOT_YET);
      return answer == Answer.NOT_YET
          ? tries.begin(world.withRun(index, run.with(compared(world, first, asked, run))), index)
          : tries.answering().decided(world, index, List.of(answer));
    }
    List<Answer> refusals =
        requests(world.runs().get(index))
            .map(request -> refusalOfWhatIsFound(world, request))
            .toList();
    return refusals.contains(Answer.NOT_YET)
        ? tries.begin(world, index)
        : tries.answering().decided(world, index, refusals);
  }

  private static Beside.Count compared(World world, Request request, Count asked, Run run) {
    Latest latest = world.ledger().latest(asked.item());
    return new Beside.Count(
        request.id(),
        asked.item(),
        asked.counted(),
        latest.stock(),
        latest.number(),
        run.users().get(0));
  }

  private Answer refusalOfWhatIsFound(World world, Request request) {
    if (request.purpose() instanceof Return sold) {
      HoldState hold = world.state(sold.holdId());
      boolean isReturned =
          hold.isSold() || (hold.isThere() && !guards.contains(Guard.ONLY_A_SOLD_HOLD_IS_RETURNED));
      return isReturned ? Answer.NOT_YET : Answer.NOT_SOLD;
    }
    End end = (End) request.purpose();
    HoldState hold = world.state(end.holdId());
    boolean expires =
        end.outcome() == Outcome.EXPIRED && guards.contains(Guard.ONLY_OVERDUE_HOLDS_EXPIRE);
    return hold.isThere() && (!expires || hold.isToExpire()) ? Answer.NOT_YET : Answer.NO_SUCH_HOLD;
  }
}
