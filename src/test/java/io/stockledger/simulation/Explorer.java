package io.stockledger.simulation;

import io.stockledger.simulation.Protocol.Transition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A search through all states that a scenario can reach, the nearest ones first. */
final class Explorer {
  private final Scenario scenario;
  private final Protocol protocol;
  private final Promises promises;
  private final Map<World, World> cameFrom = new HashMap<>();
  private final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

  private Explorer(Scenario scenario, Set<Guard> guards) {
    this.scenario = scenario;
    this.protocol = new Protocol(scenario, guards);
    this.promises = new Promises(scenario);
  }

  /**
   * What was found.
   *
   * @param answers how often each answer is there in the last states
   * @param broken a broken promise with the fewest steps to it
   */
  record Exploration(int states, Map<Answer, Integer> answers, Optional<Broken> broken) {}

  /** A broken promise, and the steps that break it. */
  record Broken(Promise promise, List<String> steps) {
    @Override
    public String toString() {
      return promise + " is broken:\n  " + String.join("\n  ", steps);
    }
  }

  /** Visits all states, or those up to the first one that breaks a promise. */
  static Exploration explore(Scenario scenario, Set<Guard> guards) {
    return new Explorer(scenario, guards).explore();
  }

  private Exploration explore() {
    World first = protocol.begin();
    Deque<World> waiting = new ArrayDeque<>();
    waiting.add(first);
    cameFrom.put(first, first);
    while (!waiting.isEmpty()) {
      World world = waiting.remove();
      List<Transition> transitions = protocol.next(world);
      Optional<Promise> broken = promises.broken(world, transitions.isEmpty());
      if (broken.isPresent()) {
        return result(Optional.of(new Broken(broken.get(), stepsTo(world))));
      }
      if (transitions.isEmpty()) {
        world.users().forEach(user -> answers.merge(user.answer(), 1, Integer::sum));
      }
      for (Transition transition : transitions) {
        if (cameFrom.putIfAbsent(transition.next(), world) == null) {
          waiting.add(transition.next());
        }
      }
    }
    return result(Optional.empty());
  }

  private Exploration result(Optional<Broken> broken) {
    return new Exploration(cameFrom.size(), answers, broken);
  }

  private List<String> stepsTo(World last) {
    Deque<String> steps = new ArrayDeque<>();
    World world = last;
    while (!cameFrom.get(world).equals(world)) {
      World before = cameFrom.get(world);
      World after = world;
      steps.addFirst(
          protocol.next(before).stream()
              .filter(transition -> transition.next().equals(after))
              .findFirst()
              .orElseThrow()
              .words()
              .get());
      world = before;
    }
    List<String> story = new ArrayList<>();
    for (int user = 0; user < scenario.requests().size(); user++) {
      story.add(Protocol.name(user) + " asks for " + scenario.requests().get(user));
    }
    story.addAll(steps);
    story.add("In the ledger: " + last.ledger().rows() + " " + last.ledger().beside());
    return story;
  }
}
