package io.stockledger.ledger.transfer;

import io.stockledger.ledger.Decision;
import io.stockledger.ledger.Move;

/** A line in a batch, and the decision on it in the current try; null before it is decided. */
final class PendingLine {
  private final MoveLine line;
  private Decision decision;

  PendingLine(MoveLine line) {
    this.line = line;
  }

  MoveLine line() {
    return line;
  }

  Move asked() {
    return line.asked();
  }

  String requestId() {
    return line.requestId();
  }

  boolean isDecided() {
    return decision != null;
  }

  Decision decision() {
    return decision;
  }

  boolean isRefused() {
    return !decision.isFinal();
  }

  void decide(Decision newDecision) {
    decision = newDecision;
  }

  void forgetDecision() {
    decision = null;
  }
}
