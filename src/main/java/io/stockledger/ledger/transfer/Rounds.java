package io.stockledger.ledger.transfer;

import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvLine;
import io.stockledger.ledger.transfer.duplicates.DuplicateLines;
import io.stockledger.ledger.transfer.lines.FileRequest;
import io.stockledger.ledger.transfer.lines.RequestReading;
import io.stockledger.ledger.transfer.lines.RequestReading.RawRequest;
import io.stockledger.text.Waiting;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The second pass over a file, which imports it round by round.
 *
 * <p>In a round all requests of an item go to the same worker, which decides them in their order;
 * the workers of a round work at the same time. A round begins when the moves of the round before
 * it are made. While its moves are being made, the round before it is finished and the next one is
 * read.
 */
final class Rounds {
  /** Two rounds are in memory. */
  private static final int LINES_OF_A_ROUND = 16_384;

  private static final int LINES_OF_A_CHUNK = 4 * MoveAppends.MOVES_OF_A_STATEMENT;

  private final ExecutorService threads;
  private final List<ChunkAppender> workers;
  private final MoveAppends appends;
  private final Function<Collection<String>, Map<String, Long>> numbersOfCodes;
  private final DuplicateLines duplicates;
  private final MoveImport.Options options;
  private final ImportListener listener;
  private final RejectionReport report;
  private final ToLongFunction<Map<Long, LocalDate>> refreshClosings;

  /** The round whose moves are made, and of which closings and messages are left to do. */
  private Optional<Round> unfinished = Optional.empty();

  private long lastLineDone;
  private long lines;
  private long made;
  private long madeBefore;
  private long rejected;
  private long closings;

  Rounds(
      ExecutorService threads,
      List<ChunkAppender> workers,
      MoveAppends appends,
      Function<Collection<String>, Map<String, Long>> numbersOfCodes,
      DuplicateLines duplicates,
      MoveImport.Options options,
      ImportListener listener,
      RejectionReport report,
      ToLongFunction<Map<Long, LocalDate>> refreshClosings) {
    this.threads = threads;
    this.workers = workers;
    this.appends = appends;
    this.numbersOfCodes = numbersOfCodes;
    this.duplicates = duplicates;
    this.options = options;
    this.listener = listener;
    this.report = report;
    this.refreshClosings = refreshClosings;
  }

  /**
   * Imports the lines of a file.
   *
   * @throws ImportIncompleteException if it stopped in the middle; any other failure means that
   *     nothing was written
   */
  ImportSummary run(CsvFile file) throws IOException {
    try (RequestReading reading =
        new RequestReading(file, options.fileId(), numbersOfCodes, options.today(), duplicates)) {
      Round round = read(reading);
      while (!round.requests().isEmpty()) {
        if (listener.isStopped()) {
          finishUnfinished();
          throw new ImportStoppedException();
        }
        List<Future<?>> work = start(round);
        Round next = finishAndReadBeside(work, reading);
        await(work);
        unfinished = Optional.of(round);
        round = next;
      }
      finishUnfinished();
      return new ImportSummary(lines, made, madeBefore, rejected, closings);
    } catch (IOException | RuntimeException e) {
      if (options.isDryRun() || (lastLineDone == 0 && !appends.mayHaveAppended())) {
        throw e;
      }
      throw new ImportIncompleteException(lastLineDone, e);
    }
  }

  private Round read(RequestReading reading) throws IOException {
    List<RawRequest> next = new ArrayList<>();
    int linesOfRound = 0;
    while (linesOfRound < LINES_OF_A_ROUND) {
      Optional<RawRequest> request = reading.next();
      if (request.isEmpty()) {
        break;
      }
      next.add(request.get());
      linesOfRound += request.get().lines().size();
    }
    Round round = new Round();
    reading.parse(next).forEach(round::add);
    return round;
  }

  private Round finishAndReadBeside(List<Future<?>> work, RequestReading reading)
      throws IOException {
    try {
      finishUnfinished();
      return read(reading);
    } catch (IOException | RuntimeException e) {
      await(work);
      throw e;
    }
  }

  private List<Future<?>> start(Round round) {
    List<Future<?>> work = new ArrayList<>();
    List<List<Integer>> parts = round.split(workers.size());
    for (int i = 0; i < workers.size(); i++) {
      ChunkAppender worker = workers.get(i);
      List<Integer> part = parts.get(i);
      if (!part.isEmpty()) {
        work.add(threads.submit(() -> importPart(worker, round, part)));
      }
    }
    return work;
  }

  private void importPart(ChunkAppender worker, Round round, List<Integer> part) {
    int from = 0;
    while (from < part.size()) {
      ImportStoppedException.throwIfStopped(listener);
      List<Integer> indexes = part.subList(from, endOfChunk(round, part, from));
      round.settle(
          indexes, worker.importRequests(indexes.stream().map(round.requests()::get).toList()));
      from += indexes.size();
    }
  }

  /** Returns the end of the first requests whose lines fill a chunk. */
  private static int endOfChunk(Round round, List<Integer> part, int from) {
    int end = from;
    for (int lines = 0; end < part.size() && lines < LINES_OF_A_CHUNK; end++) {
      lines += round.requests().get(part.get(end)).lines().size();
    }
    return end;
  }

  /** Waits for all, also after a failure, so that nothing is written when the import has ended. */
  private static void await(List<Future<?>> work) {
    RuntimeException failure = null;
    for (Future<?> part : work) {
      try {
        Waiting.result(part);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void finishUnfinished() {
    if (unfinished.isPresent()) {
      finish(unfinished.get());
      unfinished = Optional.empty();
    }
  }

  private void finish(Round round) {
    List<Rejection> rejections = new ArrayList<>();
    Map<Long, LocalDate> earliestDays = new HashMap<>();
    for (int index = 0; index < round.requests().size(); index++) {
      FileRequest request = round.requests().get(index);
      RequestResult result = round.result(index);
      if (result instanceof RequestResult.Rejected refused) {
        addRejections(rejections, request, refused);
        continue;
      }
      if (result instanceof RequestResult.Made) {
        made += request.lines().size();
      } else {
        madeBefore += request.lines().size();
      }
      // Also for moves that were made before: a killed run may have made them and not come further.
      LocalDate day = request.asked().date();
      if (day.isBefore(options.today())) {
        for (long itemId : request.itemIds()) {
          earliestDays.merge(itemId, day, (one, other) -> one.isBefore(other) ? one : other);
        }
      }
    }
    if (!options.isDryRun() && !earliestDays.isEmpty()) {
      closings += refreshClosings.applyAsLong(earliestDays);
    }
    lines += round.lines();
    rejected += rejections.size();
    report.add(rejections);
    listener.advanced(round.lines());
    lastLineDone = round.lastLine();
    listener.doneUpTo(lastLineDone);
  }

  private static void addRejections(
      List<Rejection> rejections, FileRequest request, RequestResult.Rejected refused) {
    for (int i = 0; i < request.lines().size(); i++) {
      CsvLine line = request.lines().get(i);
      rejections.add(
          new Rejection(
              line.number(), line.fields(), request.requestId(), refused.reasons().get(i)));
    }
  }
}
