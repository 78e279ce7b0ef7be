package io.stockledger.stream;

import io.stockledger.stream.operation.Answer;
import java.util.Optional;

/** What turns an answer into a line of JSON. All words for answers are above this package. */
public interface Words {

  /**
   * Returns the line without its end.
   *
   * @param line the number of the request's line: 1, 2, 3 …
   * @param requestId the id that the line has
   */
  String json(long line, Optional<String> requestId, Answer answer);

  /** Returns the line for a client that is refused. */
  String json(TooManyClientsException refused);
}
