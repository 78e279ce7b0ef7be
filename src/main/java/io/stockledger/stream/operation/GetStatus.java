package io.stockledger.stream.operation;

/** {@code status}: how the stream itself is doing. */
record GetStatus() implements Operation {

  @Override
  public String name() {
    return "status";
  }

  @Override
  public Step step(Fields fields) {
    return new Step.Status();
  }
}
