package io.stockledger.cli.output;

import java.util.List;

/**
 * The writer of a command's result in the form that was asked for. A command computes its result
 * and passes it on; no command looks at the form.
 */
public sealed interface Output permits TextOutput, JsonOutput, CsvOutput {

  /**
   * Returns the writer of a form.
   *
   * @param csvStyle how it is written if it is CSV
   */
  static Output of(OutputForm form, CsvStyle csvStyle, Terminal terminal) {
    return switch (form) {
      // What is no metric, such as an error, is text.
      case TEXT, PROMETHEUS -> new TextOutput(terminal);
      case JSON -> new JsonOutput(terminal);
      case CSV -> new CsvOutput(terminal, csvStyle);
    };
  }

  /**
   * Writes the result of a command: the lines as text; one JSON object, which begins with {@code
   * "ok":true}; a CSV record with its header.
   */
  default void result(Row row, String... textLines) {
    outcome(true, row, textLines);
  }

  /**
   * Writes the result of a command that may have done a part of its work only.
   *
   * @param ok whether all is done; JSON begins with it
   */
  void outcome(boolean ok, Row row, String... textLines);

  /**
   * Writes that a request is refused: the lines as text; one JSON object, which begins with {@code
   * "ok":false}. With CSV, which has records of results only, the lines go to stderr.
   *
   * @param row begins with the reason
   */
  void refused(Row row, String... textLines);

  /**
   * Writes that a request is refused for a reason that is no part of a text result: a sentence on
   * stderr; with JSON the same object as {@link #refused}.
   *
   * @param row begins with the reason
   */
  void refusedBecause(Row row, String sentence);

  /** Names the columns of a list, so that its CSV has a header even if no row follows. */
  void columns(String... names);

  /**
   * Writes an element of a list: as text its values with tabs between, or a line of an aligned
   * table if a person looks at stdout; a JSON object; a CSV record. The table and CSV begin with
   * the names.
   */
  void row(Row row);

  /** Writes an element of a list whose text is a sentence. */
  void line(Row row, String text);

  /** Writes a whole list whose text is a table of its own. */
  void table(List<Row> rows, List<String> textLines);

  /**
   * Writes a failure to stderr: a sentence, or one JSON object.
   *
   * @param kind a stable name in snake case
   * @param status the exit status
   * @param advice a line below the sentence, for persons only
   */
  void failure(String kind, String sentence, int status, String... advice);

  /**
   * Ends the result of a command.
   *
   * @param isDone whether its status is 0; a list without elements has its CSV header only then
   */
  void end(boolean isDone);
}
