package io.stockledger.ledger;

import io.stockledger.ledger.rule.Obstacle;

/** The request can't be corrected, or can't be reversed because it was corrected. */
public final class NotCorrectableException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final String requestId;
  private final transient Obstacle obstacle;

  public NotCorrectableException(String requestId, Obstacle obstacle) {
    super(kind(obstacle), "request " + requestId + ": " + obstacle);
    this.requestId = requestId;
    this.obstacle = obstacle;
  }

  private static String kind(Obstacle obstacle) {
    if (obstacle instanceof Obstacle.Corrected) {
      return "corrected";
    }
    return obstacle instanceof Obstacle.Reversed ? "reversed" : "not_correctable";
  }

  /** The request that was to be corrected or reversed. */
  public String requestId() {
    return requestId;
  }

  /** What is in the way. */
  public Obstacle obstacle() {
    return obstacle;
  }
}
