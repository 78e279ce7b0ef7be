package io.stockledger.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ways to do the same thing, which take turns, so that other load on the machine affects all of
 * them. Each way begins every round once.
 */
final class Turns {
  private final Map<String, Way> ways = new LinkedHashMap<>();

  /** A way that prepares its data and then returns how many seconds it took without that. */
  @FunctionalInterface
  interface Way {
    double seconds() throws Exception;
  }

  /** Work to be timed. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Adds a way, under the name by which its figure is found. */
  Turns add(String name, Way way) {
    ways.put(name, way);
    return this;
  }

  /**
   * Runs all ways.
   *
   * @param warmUps rounds that do not count
   * @param rounds rounds that count
   * @return the median of each way, in the order in which they were added
   */
  Map<String, Double> medians(int warmUps, int rounds) throws Exception {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    ways.keySet().forEach(name -> seconds.put(name, new ArrayList<>()));
    List<String> order = new ArrayList<>(ways.keySet());
    for (int round = 0; round < warmUps + rounds; round++) {
      for (String name : order) {
        double took = ways.get(name).seconds();
        if (round >= warmUps) {
          seconds.get(name).add(took);
        }
      }
      Collections.rotate(order, 1);
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach((name, all) -> medians.put(name, median(all)));
    return medians;
  }

  /** Returns the seconds that work takes. */
  static double seconds(Work work) throws Exception {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e9;
  }

  /** Returns the middle value, or the upper one of two. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
