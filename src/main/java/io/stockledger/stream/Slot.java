package io.stockledger.stream;

import io.stockledger.stream.operation.Operations.Asked;
import io.stockledger.stream.operation.Step;
import java.util.Optional;

/** A line of a client until its answer is passed on. Its session guards it. */
final class Slot {
  final long line;
  final Asked asked;
  final long readNanos = System.nanoTime();
  Optional<String> answer = Optional.empty();
  long weight;

  Slot(long line, Asked asked) {
    this.line = line;
    this.asked = asked;
    this.weight =
        Room.OF_A_REQUEST
            + (asked.step() instanceof Step.Moves moves
                ? (long) Room.OF_A_LINE * Math.max(0, moves.request().lines().size() - 1)
                : 0);
  }
}
