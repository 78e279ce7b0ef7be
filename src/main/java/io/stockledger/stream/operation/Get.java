package io.stockledger.stream.operation;

/** {@code get}: the stock of an item at the end of a day. */
record Get() implements Operation {

  @Override
  public String name() {
    return "get";
  }

  @Override
  public Step step(Fields fields) throws FaultyLineException {
    return new Step.StockOf(fields.itemId(), fields.date());
  }
}
