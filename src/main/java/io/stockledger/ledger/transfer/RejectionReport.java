package io.stockledger.ledger.transfer;

import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.transfer.lines.RejectionReason.UnknownCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reports the lines of a file that are rejected, to the file of rejects and to the listener. A code
 * that no item has is reported with the codes that it may stand for.
 */
public final class RejectionReport {
  /** A file with more unknown codes has another fault than typing errors. */
  private static final int MOST_LOOK_UPS = 100;

  private final ItemRepository items;
  private final Optional<RejectsFile> rejects;
  private final ImportListener listener;
  private final Map<String, UnknownCode> lookedUp = new HashMap<>();
  private boolean canLookUp = true;

  public RejectionReport(
      Database database, Optional<RejectsFile> rejects, ImportListener listener) {
    this.items = new ItemRepository(database);
    this.rejects = rejects;
    this.listener = listener;
  }

  /** Reports lines, in the order of the file. */
  public void add(List<Rejection> rejections) {
    List<Rejection> complete = rejections.stream().map(this::withSimilarCodes).toList();
    if (rejects.isPresent()) {
      rejects.get().add(complete);
    }
    complete.forEach(listener::rejected);
  }

  private Rejection withSimilarCodes(Rejection rejection) {
    return rejection.reason() instanceof UnknownCode unknown
        ? new Rejection(
            rejection.lineNumber(),
            rejection.fields(),
            rejection.requestId(),
            withSimilarCodes(unknown))
        : rejection;
  }

  private UnknownCode withSimilarCodes(UnknownCode unknown) {
    if (canLookUp && lookedUp.size() < MOST_LOOK_UPS && !lookedUp.containsKey(unknown.itemCode())) {
      try {
        lookedUp.put(
            unknown.itemCode(),
            new UnknownCode(unknown.itemCode(), items.similarCodes(unknown.itemCode())));
      } catch (KnownException e) {
        // The reason holds without them, and each look-up might take as long to fail.
        canLookUp = false;
      }
    }
    return lookedUp.getOrDefault(unknown.itemCode(), unknown);
  }
}
