package io.stockledger.cli.command.stream;

import io.stockledger.cli.failure.FailureReport;
import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.output.JsonText;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.words.CountWords;
import io.stockledger.cli.words.HoldWords;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.count.CountResult;
import io.stockledger.stream.TooManyClientsException;
import io.stockledger.stream.Words;
import io.stockledger.stream.operation.Answer;
import io.stockledger.text.PrintableText;
import java.util.Optional;

/** The answers of a stream, in the words that the commands have with {@code --json}. */
final class StreamWords implements Words {
  private static final String REQUEST_ID = "request_id";

  @Override
  public String json(long line, Optional<String> requestId, Answer answer) {
    Row words = row(answer);
    Row head =
        requestId.isPresent() && !words.values().containsKey(REQUEST_ID)
            ? Row.of("line", line, REQUEST_ID, requestId.get())
            : Row.of("line", line);
    return PrintableText.printable(JsonText.of(head, words));
  }

  @Override
  public String json(TooManyClientsException refused) {
    return JsonText.of(failure(FailureReport.of(refused)));
  }

  private static Row row(Answer answer) {
    if (answer instanceof Answer.Made made) {
      return Refusals.made(made.request(), made.isRepeated(), false);
    }
    if (answer instanceof Answer.Insufficient refused) {
      return refused(row(refused));
    }
    if (answer instanceof Answer.Held held) {
      return done(
          HoldWords.held(held.request(), held.isRepeated(), false, Optional.of(held.expiresAt())));
    }
    if (answer instanceof Answer.Committed committed) {
      return done(HoldWords.committed(committed.holdId(), committed.ended()));
    }
    if (answer instanceof Answer.Released released) {
      return done(HoldWords.released(released.holdId(), released.opposite(), released.ended()));
    }
    if (answer instanceof Answer.NotEnded refused) {
      return refused(HoldWords.notEnded(refused.holdId(), refused.ending()));
    }
    if (answer instanceof Answer.Counted counted) {
      return row(counted.result());
    }
    if (answer instanceof Answer.Stock stock) {
      return Row.of(
          "ok", true,
          "item_id", stock.itemId(),
          "date", stock.date(),
          "stock", stock.stock().units(),
          "move_no", stock.stock().moveNo());
    }
    if (answer instanceof Answer.Failed failed) {
      return failed.failure() instanceof RefusedException refused
          ? refused(Refusals.row(refused))
          : failure(FailureReport.of(failed.failure()));
    }
    return answer instanceof Answer.Faulty faulty
        ? failure(FailureReport.ofFaultyLine(faulty.sentence()))
        : status((Answer.Status) answer);
  }

  private static Row row(CountResult result) {
    if (result instanceof CountResult.Counted counted) {
      return done(CountWords.counted(counted.count(), counted.isRepeated(), false));
    }
    if (result instanceof CountResult.Insufficient refused) {
      return refused(CountWords.refusal(refused));
    }
    return refused(
        result instanceof CountResult.NoSuchMove none
            ? CountWords.refusal(none)
            : CountWords.refusal((CountResult.OtherCount) result));
  }

  private static Row done(Row words) {
    return Row.of("ok", true).and(words);
  }

  private static Row refused(Row words) {
    return Row.of("ok", false).and(words);
  }

  private static Row row(Answer.Insufficient refused) {
    return refused.isOrder()
        ? Refusals.row(refused.request(), refused.shortages())
        : Refusals.row(refused.request(), Removal.Insufficient.of(refused.shortages().get(0)));
  }

  private static Row failure(FailureReport report) {
    return Row.of(
        "error", report.kind(), "message", report.sentence(), "status", report.exitCode());
  }

  private static Row status(Answer.Status status) {
    return Row.of(
        "ok", true,
        "since", status.since(),
        "clients", status.clients(),
        "requests", status.requests(),
        "groups", status.groups(),
        "median_us", status.median().toNanos() / 1_000,
        "p99_us", status.p99().toNanos() / 1_000);
  }
}
