package io.stockledger.stream.operation;

/** An operation that a line can ask for: its fields, and what they ask for. */
interface Operation {
  /** Returns its name, as the field {@code op} has it. */
  String name();

  /**
   * Returns what a line asks for.
   *
   * @param fields the line without {@code op}; a field that is left in it is unknown
   */
  Step step(Fields fields) throws FaultyLineException;
}
