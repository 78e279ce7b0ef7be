package io.stockledger.ledger.transfer.restore;

import io.stockledger.file.CsvFile;
import io.stockledger.file.SortedRecords;
import io.stockledger.ledger.Reversal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The check that the holds of an export agree with its moves (invariant 9): a hold that was
 * released or expired has a release, and no other hold has one. They do not agree if a hold was
 * released while the export was written.
 *
 * <p>Memory is bounded: of each hold, and of each request that may be a release, a record with the
 * id of the release is sorted by way of a temporary file.
 */
final class WholeHolds implements AutoCloseable {
  private static final byte END_OF_ID = 0;
  private static final String RELEASE = "reverse";

  // In this order behind the same id.
  private static final byte HOLD = 1;
  private static final byte HOLD_GIVEN_BACK = 2;
  private static final byte MOVES = 3;

  private final CsvFile file;
  private final SortedRecords records = new SortedRecords(SortedRecords.IN_MEMORY);

  WholeHolds(CsvFile file) {
    this.file = file;
  }

  /**
   * A hold, or the first move of a request that may be the release of a hold.
   *
   * @param releaseId the request id of the release
   */
  private record Entry(String releaseId, byte kind, long line) {
    private static final int BYTES_BEHIND_ID = 1 + Long.BYTES;

    byte[] record() {
      byte[] id = releaseId.getBytes(StandardCharsets.US_ASCII);
      return ByteBuffer.allocate(id.length + 1 + BYTES_BEHIND_ID)
          .put(id)
          .put(END_OF_ID)
          .put(kind)
          .putLong(line)
          .array();
    }

    static Entry of(byte[] record) {
      int length = record.length - BYTES_BEHIND_ID;
      ByteBuffer values = ByteBuffer.wrap(record, length, BYTES_BEHIND_ID);
      return new Entry(
          new String(record, 0, length - 1, StandardCharsets.US_ASCII),
          values.get(),
          values.getLong());
    }
  }

  void add(ExportedMove move) throws IOException {
    if (move.lineNo() != 1) {
      return;
    }
    if (move.hold().isPresent()) {
      byte kind = move.hold().get().isGivenBack() ? HOLD_GIVEN_BACK : HOLD;
      records.add(new Entry(Reversal.requestId(move.requestId()), kind, move.line()).record());
    }
    if (move.requestId().startsWith(RELEASE)) {
      records.add(new Entry(move.requestId(), MOVES, move.line()).record());
    }
  }

  /**
   * Checks the holds once all moves are added.
   *
   * @throws io.stockledger.file.InvalidFileException if one does not agree with the moves
   */
  void check() throws IOException {
    SortedRecords.Reading sorted = records.read();
    Optional<Entry> hold = Optional.empty();
    for (Optional<byte[]> next = sorted.next(); next.isPresent(); next = sorted.next()) {
      Entry entry = Entry.of(next.get());
      if (entry.kind() == MOVES) {
        boolean isRelease = hold.isPresent() && hold.get().releaseId().equals(entry.releaseId());
        if (isRelease && hold.get().kind() == HOLD) {
          throw doNotAgree(hold.get());
        }
        hold = isRelease ? Optional.empty() : requireNone(hold);
      } else {
        requireNone(hold);
        hold = Optional.of(entry);
      }
    }
    requireNone(hold);
  }

  /** Returns empty if no release is missing of the hold before the next entry. */
  private Optional<Entry> requireNone(Optional<Entry> hold) {
    if (hold.isPresent() && hold.get().kind() == HOLD_GIVEN_BACK) {
      throw doNotAgree(hold.get());
    }
    return Optional.empty();
  }

  private RuntimeException doNotAgree(Entry hold) {
    return ExportReading.faulty(
        file,
        hold.line(),
        hold.kind() == HOLD
            ? "the hold is not released, but the file has moves of request %s."
                .formatted(hold.releaseId())
            : "the hold is released, but the file has no moves of request %s."
                .formatted(hold.releaseId()),
        null);
  }

  @Override
  public void close() {
    records.close();
  }
}
