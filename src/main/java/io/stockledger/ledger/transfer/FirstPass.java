package io.stockledger.ledger.transfer;

import io.stockledger.db.Retry;
import io.stockledger.file.CsvFile;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.duplicates.DuplicateLines;
import io.stockledger.ledger.transfer.duplicates.IdHashes;
import io.stockledger.ledger.transfer.lines.FileIds;
import io.stockledger.ledger.transfer.lines.FileRequest;
import io.stockledger.ledger.transfer.lines.RequestReading;
import io.stockledger.ledger.transfer.lines.RequestReading.RawRequest;
import io.stockledger.text.Waiting;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The pass over a whole file before anything is written: it finds out whether the file can be read
 * to its end, which of its requests are in the ledger already, and which request ids may be there
 * more than once.
 */
final class FirstPass implements AutoCloseable {
  private static final int REQUESTS_OF_A_LOOK_UP = 2_000;

  private final ExecutorService threads;
  private final int atATime;
  private final Retry retry;
  private final CsvFile file;
  private final Function<Collection<String>, Map<String, Long>> numbersOfCodes;
  private final DuplicateLines duplicates;
  private final MoveImport.Options options;
  private final ImportListener listener;
  private final MadeLines made = new MadeLines();
  private final IdHashes hashes = new IdHashes();
  private long lines;

  /**
   * Makes a pass.
   *
   * @param atATime how many look-ups may be under way
   */
  FirstPass(
      ExecutorService threads,
      int atATime,
      Retry retry,
      CsvFile file,
      Function<Collection<String>, Map<String, Long>> numbersOfCodes,
      DuplicateLines duplicates,
      MoveImport.Options options,
      ImportListener listener) {
    this.threads = threads;
    this.atATime = atATime;
    this.retry = retry;
    this.file = file;
    this.numbersOfCodes = numbersOfCodes;
    this.duplicates = duplicates;
    this.options = options;
    this.listener = listener;
  }

  /** Requests whose moves are being looked up. */
  private record LookUp(
      List<FileRequest> requests, Future<Map<String, StandingRequest>> standing) {}

  /** Returns what of the file is made. */
  MadeLines run() throws IOException {
    long lastMadeLine = options.fileId().map(this::lastMadeLine).orElse(Long.MAX_VALUE);
    List<LookUp> underWay = new ArrayList<>();
    List<RawRequest> next = new ArrayList<>();
    try (RequestReading reading =
        new RequestReading(file, options.fileId(), numbersOfCodes, options.today(), duplicates)) {
      Optional<RawRequest> raw = reading.next();
      while (raw.isPresent()) {
        lines += raw.get().lines().size();
        if (raw.get().number() <= lastMadeLine) {
          addHash(raw.get());
          next.add(raw.get());
        }
        if (next.size() == REQUESTS_OF_A_LOOK_UP) {
          ImportStoppedException.throwIfStopped(listener);
          underWay.add(lookUp(reading.parse(next)));
          next.clear();
        }
        if (underWay.size() > atATime) {
          record(underWay.remove(0));
        }
        raw = reading.next();
      }
      underWay.add(lookUp(reading.parse(next)));
    }
    for (LookUp lookUp : underWay) {
      record(lookUp);
    }
    return made;
  }

  private void addHash(RawRequest request) throws IOException {
    // Ids that are made from the numbers of the lines differ.
    if (options.fileId().isEmpty()
        && request.continues().isEmpty()
        && MoveRequest.isRequestId(request.requestId())) {
      hashes.add(request.requestId());
    }
  }

  /** Returns the ids that may be on several lines, once the pass is through. */
  IdHashes.Repeated repeatedIds() throws IOException {
    return hashes.repeated();
  }

  @Override
  public void close() {
    hashes.close();
  }

  /** The number of lines, once the pass is through. */
  long lines() {
    return lines;
  }

  private long lastMadeLine(String name) {
    return retry
        .run(
            connection ->
                TransferStatements.lastRequestBetween(
                    connection, FileIds.id(name, 0), FileIds.id(name, FileIds.LAST_LINE)))
        .map(requestId -> FileIds.line(name, requestId))
        .orElse(0L);
  }

  private LookUp lookUp(List<FileRequest> requests) {
    List<FileRequest> of =
        requests.stream().filter(request -> request.request().isPresent()).toList();
    List<String> requestIds = of.stream().map(FileRequest::requestId).distinct().toList();
    return new LookUp(
        of, threads.submit(() -> retry.run(connection -> standing(connection, requestIds))));
  }

  /**
   * Looks first whether any request has an id between the lowest and the highest of the lines: of a
   * new file none has, if the ids of its shop ascend.
   */
  private static Map<String, StandingRequest> standing(
      Connection connection, List<String> requestIds) throws SQLException {
    if (requestIds.isEmpty()) {
      return Map.of();
    }
    String lowest = Collections.min(requestIds);
    String highest = Collections.max(requestIds);
    return TransferStatements.lastRequestBetween(connection, lowest, highest).isPresent()
        ? TransferStatements.REQUESTS.standing(connection, requestIds)
        : Map.of();
  }

  private void record(LookUp lookUp) {
    Map<String, StandingRequest> standing = Waiting.result(lookUp.standing());
    if (standing.isEmpty()) {
      return;
    }
    for (FileRequest request : lookUp.requests()) {
      StandingRequest found = standing.get(request.requestId());
      if (found != null && found.request().asksForTheSameAs(request.asked())) {
        record(request.number(), found);
      }
    }
  }

  /** The moves of a request in one item have numbers without a gap. */
  private void record(long number, StandingRequest standing) {
    List<RequestLine> lines = standing.request().lines();
    Map<Long, Long> firstNumbers = new LinkedHashMap<>();
    Map<Long, Long> lastNumbers = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      firstNumbers.putIfAbsent(lines.get(i).itemId(), standing.moveNos().get(i));
      lastNumbers.put(lines.get(i).itemId(), standing.moveNos().get(i));
    }
    firstNumbers.forEach(
        (itemId, first) -> made.add(itemId, number, first, lastNumbers.get(itemId)));
  }
}
