package io.stockledger.ledger.transfer;

import io.stockledger.db.Retry;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvLine;
import io.stockledger.file.CsvReading;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.StandingRequest;
import io.stockledger.ledger.transfer.duplicates.IdHashes;
import io.stockledger.text.Waiting;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The pass over a whole file before anything is written: it finds out whether the file can be read
 * to its end, which of its lines are in the ledger already, and which request ids may be on several
 * lines.
 */
final class FirstPass implements AutoCloseable {
  private static final int LINES_OF_A_LOOK_UP = 2_000;

  private final ExecutorService threads;
  private final int atATime;
  private final Retry retry;
  private final CsvFile file;
  private final MoveLineParser parser;
  private final Optional<String> fileId;
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
      MoveLineParser parser,
      Optional<String> fileId,
      ImportListener listener) {
    this.threads = threads;
    this.atATime = atATime;
    this.retry = retry;
    this.file = file;
    this.parser = parser;
    this.fileId = fileId;
    this.listener = listener;
  }

  /** Lines whose moves are being looked up. */
  private record LookUp(List<MoveLine> lines, Future<Map<String, StandingRequest>> moves) {}

  /** Returns what of the file is made. */
  MadeLines run() throws IOException {
    long lastMadeLine = fileId.isPresent() ? lastMadeLine(fileId.get()) : Long.MAX_VALUE;
    List<LookUp> underWay = new ArrayList<>();
    List<MoveLine> next = new ArrayList<>();
    try (CsvReading reading = file.read()) {
      Optional<CsvLine> line = reading.next();
      while (line.isPresent()) {
        lines++;
        if (line.get().number() <= lastMadeLine) {
          MoveLine moveLine = parser.parse(line.get());
          addHash(moveLine);
          if (moveLine.request().isPresent()) {
            next.add(moveLine);
          }
        }
        if (next.size() == LINES_OF_A_LOOK_UP) {
          ImportStoppedException.throwIfStopped(listener);
          underWay.add(lookUp(next));
          next = new ArrayList<>();
        }
        if (underWay.size() > atATime) {
          record(underWay.remove(0));
        }
        line = reading.next();
      }
    }
    underWay.add(lookUp(next));
    for (LookUp lookUp : underWay) {
      record(lookUp);
    }
    return made;
  }

  private void addHash(MoveLine line) throws IOException {
    // Ids that are made from the numbers of the lines differ.
    if (fileId.isEmpty()
        && (line.request().isPresent() || MoveRequest.isRequestId(line.requestId()))) {
      hashes.add(line.requestId());
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

  private LookUp lookUp(List<MoveLine> of) {
    List<String> requestIds = of.stream().map(MoveLine::requestId).distinct().toList();
    return new LookUp(
        of, threads.submit(() -> retry.run(connection -> madeMoves(connection, requestIds))));
  }

  /**
   * Looks first whether any request has an id between the lowest and the highest of the lines: of a
   * new file none has, if the ids of its shop ascend.
   */
  private static Map<String, StandingRequest> madeMoves(
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
    Map<String, StandingRequest> moves = Waiting.result(lookUp.moves());
    if (moves.isEmpty()) {
      return;
    }
    for (MoveLine line : lookUp.lines()) {
      StandingRequest standing = moves.get(line.requestId());
      if (standing != null && standing.request().asksForTheSameAs(line.asked())) {
        made.add(line.itemId(), line.number(), standing.moveNos().get(0));
      }
    }
  }
}
