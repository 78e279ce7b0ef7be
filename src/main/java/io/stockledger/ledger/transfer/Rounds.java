package io.stockledger.ledger.transfer;

import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvLine;
import io.stockledger.file.CsvReading;
import io.stockledger.text.Waiting;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;

/**
 * The second pass over a file, which imports it round by round.
 *
 * <p>The lines of an item always go to the same worker, which decides them in their order; the
 * workers of a round work at the same time. A round begins when the moves of the round before it
 * are made. While its moves are being made, the round before it is finished and the next one is
 * read.
 */
final class Rounds {
  /** Two rounds are in memory. */
  private static final int LINES_OF_A_ROUND = 16_384;

  private static final int LINES_OF_A_CHUNK = 4 * MoveAppends.MOVES_OF_A_STATEMENT;

  private final ExecutorService threads;
  private final List<ChunkAppender> workers;
  private final MoveAppends appends;
  private final MoveLineParser parser;
  private final MoveImport.Options options;
  private final ImportListener listener;
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
      MoveLineParser parser,
      MoveImport.Options options,
      ImportListener listener,
      ToLongFunction<Map<Long, LocalDate>> refreshClosings) {
    this.threads = threads;
    this.workers = workers;
    this.appends = appends;
    this.parser = parser;
    this.options = options;
    this.listener = listener;
    this.refreshClosings = refreshClosings;
  }

  /**
   * Imports the lines of a file.
   *
   * @throws ImportIncompleteException if it stopped in the middle; any other failure means that
   *     nothing was written
   */
  ImportSummary run(CsvFile file) throws IOException {
    try (CsvReading reading = file.read()) {
      Round round = read(reading);
      while (!round.lines().isEmpty()) {
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

  private Round read(CsvReading reading) throws IOException {
    Round round = new Round();
    while (round.lines().size() < LINES_OF_A_ROUND) {
      Optional<CsvLine> line = reading.next();
      if (line.isEmpty()) {
        break;
      }
      round.add(parser.parse(line.get()));
    }
    return round;
  }

  private Round finishAndReadBeside(List<Future<?>> work, CsvReading reading) throws IOException {
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
    for (int from = 0; from < part.size(); from += LINES_OF_A_CHUNK) {
      ImportStoppedException.throwIfStopped(listener);
      List<Integer> indexes = part.subList(from, Math.min(part.size(), from + LINES_OF_A_CHUNK));
      round.settle(indexes, worker.importLines(indexes.stream().map(round.lines()::get).toList()));
    }
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
    for (int index = 0; index < round.lines().size(); index++) {
      MoveLine line = round.lines().get(index);
      LineResult result = round.result(index);
      if (result instanceof LineResult.Rejected refused) {
        rejections.add(
            new Rejection(line.number(), line.fields(), line.requestId(), refused.reason()));
        continue;
      }
      if (result instanceof LineResult.Made) {
        made++;
      } else {
        madeBefore++;
      }
      // Also for moves that were made before: a killed run may have made them and not come further.
      if (line.asked().date().isBefore(options.today())) {
        earliestDays.merge(
            line.itemId(), line.asked().date(), (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    if (!options.isDryRun() && !earliestDays.isEmpty()) {
      closings += refreshClosings.applyAsLong(earliestDays);
    }
    lines += round.lines().size();
    rejected += rejections.size();
    if (options.rejects().isPresent()) {
      options.rejects().get().add(rejections);
    }
    rejections.forEach(listener::rejected);
    listener.advanced(round.lines().size());
    lastLineDone = round.lastLine();
    listener.doneUpTo(lastLineDone);
  }
}
