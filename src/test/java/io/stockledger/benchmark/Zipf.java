package io.stockledger.benchmark;

import java.util.Arrays;

/**
 * A Zipf distribution over the ranks 1 to n: rank k has the weight 1 / k<sup>skew</sup>.
 *
 * <p>It is drawn from by inversion: a table holds the sums of the weights, and a binary search
 * finds the rank at which the sum passes a uniform number (L. Devroye, Non-Uniform Random Variate
 * Generation, 1986, chapter III.2, "The inversion method"). The table has 8 bytes per rank;
 * rejection-inversion (W. Hörmann and G. Derflinger, 1996) needs none, but the generator holds more
 * than that for each item anyway.
 */
final class Zipf {
  private final double[] sums;

  /**
   * Makes the table.
   *
   * @param ranks at least 1
   * @param skew at least 0; at 0 all ranks are alike
   */
  Zipf(int ranks, double skew) {
    sums = new double[ranks];
    double sum = 0;
    for (int rank = 1; rank <= ranks; rank++) {
      // Math.pow may differ in the last digit between Java runtimes, StrictMath.pow may not.
      sum += StrictMath.pow(rank, -skew);
      sums[rank - 1] = sum;
    }
  }

  /**
   * Returns the rank of a uniform number.
   *
   * @param uniform from 0 to below 1
   */
  int rank(double uniform) {
    int found = Arrays.binarySearch(sums, uniform * sums[sums.length - 1]);
    // A number that is not in the table is found as -(place of the next greater sum) - 1.
    int place = found >= 0 ? found + 1 : -found - 1;
    return Math.min(place, sums.length - 1) + 1;
  }
}
