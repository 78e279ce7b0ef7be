package io.stockledger.cli.failure;

import io.stockledger.db.failure.KnownException;
import io.stockledger.stream.TooManyClientsException;
import io.stockledger.stream.UnusableSocketException;
import io.stockledger.text.PrintableText;
import java.util.Optional;

/** The sentences for failures of the stream and its socket. */
final class StreamFailures {
  private StreamFailures() {}

  /** Returns the sentence for a failure; empty if it is none of a stream. */
  static Optional<String> sentence(KnownException error) {
    if (error instanceof TooManyClientsException tooMany) {
      return Optional.of(
          "The stream serves %s clients already. Try again later, or raise --max-clients."
              .formatted(tooMany.most()));
    }
    return error instanceof UnusableSocketException socket
        ? Optional.of(sentence(socket))
        : Optional.empty();
  }

  private static String sentence(UnusableSocketException error) {
    String path = PrintableText.quoted(error.path().toString());
    return switch (error.reason()) {
      case IN_USE -> "Another stream serves " + path + ". Stop it, or name another socket.";
      case NO_SOCKET -> "There is no socket at " + path + " but another file. Name another path.";
      case NO_FOLDER -> "The folder of " + path + " is not there. Make it, with mode 0700.";
      case OPEN_FOLDER ->
          "Others can write to the folder of "
              + path
              + ", and so put another socket in its place. Use a folder that only its owner can write"
              + " to.";
      case SYSTEM -> "The socket " + path + " can't be used: " + reason(error) + ".";
      case NOBODY -> "No stream serves " + path + ". Start one: stock stream --socket.";
    };
  }

  private static String reason(UnusableSocketException error) {
    return DatabaseFailures.oneLine(String.valueOf(error.getCause().getMessage()))
        .replaceFirst("\\.$", "");
  }
}
