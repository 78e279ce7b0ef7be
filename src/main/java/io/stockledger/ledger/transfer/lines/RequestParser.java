package io.stockledger.ledger.transfer.lines;

import io.stockledger.file.CsvLine;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.transfer.lines.RequestReading.RawRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Makes a request of lines, or finds the faults of these lines. If one of them is faulty, so are
 * all: the others say which one it is.
 */
final class RequestParser {
  private final MoveLineParser parser;

  RequestParser(MoveLineParser parser) {
    this.parser = parser;
  }

  /** Returns lines that all have the same fault. */
  FileRequest faulty(RawRequest request, RejectionReason fault) {
    return new FileRequest(
        request.lines(),
        request.requestId(),
        Optional.empty(),
        Collections.nCopies(request.lines().size(), fault));
  }

  FileRequest parse(RawRequest request) {
    if (request.continues().isPresent()) {
      return faulty(request, new RejectionReason.SeeLine(request.firstNumber()));
    }
    return request.lines().size() == 1 ? parseOnly(request) : parseAll(request);
  }

  private FileRequest parseOnly(RawRequest request) {
    try {
      MoveLine line = parser.parse(request.lines().get(0), request.requestId());
      checkPlace(line, 1);
      return FileRequest.of(
          request.lines(),
          new Request(request.requestId(), line.date(), line.note(), List.of(line.move())));
    } catch (InvalidValueException e) {
      return faulty(request, new RejectionReason.Faulty(e.getMessage()));
    } catch (UnknownItemException e) {
      return faulty(request, unknownCode(e));
    }
  }

  private FileRequest parseAll(RawRequest request) {
    List<MoveLine> lines = new ArrayList<>(request.lines().size());
    List<Optional<RejectionReason>> faults = new ArrayList<>();
    for (CsvLine line : request.lines()) {
      try {
        MoveLine parsed = parser.parse(line, request.requestId());
        checkPlace(parsed, faults.size() + 1);
        checkBeside(lines, parsed, request);
        lines.add(parsed);
        faults.add(Optional.empty());
      } catch (InvalidValueException e) {
        faults.add(Optional.of(new RejectionReason.Faulty(e.getMessage())));
      } catch (UnknownItemException e) {
        faults.add(Optional.of(unknownCode(e)));
      }
    }
    if (lines.size() == request.lines().size()) {
      MoveLine first = lines.get(0);
      Request whole =
          new Request(
              request.requestId(),
              first.date(),
              first.note(),
              lines.stream().map(MoveLine::move).toList());
      Optional<RejectionReason> fault = faultOf(whole);
      if (fault.isEmpty()) {
        return FileRequest.of(request.lines(), whole);
      }
      faults.set(0, fault);
    }
    return new FileRequest(
        request.lines(), request.requestId(), Optional.empty(), reasons(request, faults));
  }

  /** Only a code is looked up while a line is parsed. */
  private static RejectionReason unknownCode(UnknownItemException unknown) {
    return new RejectionReason.UnknownCode(unknown.itemCode().orElseThrow(), unknown.similar());
  }

  private static void checkPlace(MoveLine line, int place) {
    if (line.lineNo() != place) {
      throw new InvalidValueException(
          "line",
          "its number is %s in place of %s. The lines of a request stand together, numbered 1, 2, 3 …"
              .formatted(line.lineNo(), place));
    }
  }

  /**
   * Checks a line against the first one of its request.
   *
   * @param lines those before it that have no fault
   */
  private static void checkBeside(List<MoveLine> lines, MoveLine line, RawRequest request) {
    if (lines.isEmpty()) {
      return;
    }
    MoveLine first = lines.get(0);
    if (!line.date().equals(first.date())) {
      throw new InvalidValueException(
          "date",
          "it is %s, but a line of the same request, line %s, has %s."
              .formatted(line.date(), request.number(), first.date()));
    }
    if (!line.note().isEmpty() && !line.note().equals(first.note())) {
      throw new InvalidValueException(
          "note", "it is not that of line %s, of the same request.".formatted(request.number()));
    }
  }

  /** Returns what is wrong with a request whose lines are right: their number and their sums. */
  private static Optional<RejectionReason> faultOf(Request request) {
    try {
      request.check();
      return Optional.empty();
    } catch (InvalidValueException e) {
      return Optional.of(new RejectionReason.Faulty(e.getMessage()));
    }
  }

  private static List<RejectionReason> reasons(
      RawRequest request, List<Optional<RejectionReason>> faults) {
    int firstFaulty = 0;
    while (faults.get(firstFaulty).isEmpty()) {
      firstFaulty++;
    }
    RejectionReason seeLine =
        new RejectionReason.SeeLine(request.lines().get(firstFaulty).number());
    return faults.stream().map(fault -> fault.orElse(seeLine)).toList();
  }
}
