package io.stockledger.ledger.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvHeader;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.file.WholeFile;
import io.stockledger.ledger.transfer.lines.MoveLineParser;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A CSV file of the lines that were not imported, in the form of the file that they come from, so
 * that it can be imported once it is corrected. Each line begins with the reason, which has no
 * meaning on the way in. A line of a request has its request id, also one that was made for it: a
 * corrected line keeps its id.
 */
public final class RejectsFile implements AutoCloseable {
  private final Path path;
  private final WholeFile file;
  private final CsvFile imported;
  private final Contents contents;
  private final Optional<Integer> reasonColumn;
  private final boolean addsRequestId;
  private final Optional<Integer> dateColumn;

  /**
   * What a file of rejects has beside the columns of the file that is imported.
   *
   * @param isOfRequests whether each line is of a request, and needs its id
   * @param date the day of lines that name none; empty if each line must name one, or has none
   * @param sentence the words for a reason
   */
  public record Contents(
      boolean isOfRequests, Optional<LocalDate> date, Function<RejectionReason, String> sentence) {}

  private RejectsFile(Path path, WholeFile file, CsvFile imported, Contents contents) {
    this.path = path;
    this.file = file;
    this.imported = imported;
    this.contents = contents;
    this.reasonColumn = imported.columns().index(CsvHeader.REASON);
    this.addsRequestId =
        contents.isOfRequests() && !imported.columns().contains(MoveLineParser.REQUEST_ID);
    this.dateColumn = imported.columns().index(MoveLineParser.DATE);
  }

  /**
   * Begins a file with its header. It replaces an existing one when it is finished.
   *
   * @throws IOException if it can't be written
   */
  public static RejectsFile begin(Path path, CsvFile imported, Contents contents)
      throws IOException {
    WholeFile file = WholeFile.begin(path);
    RejectsFile rejects = new RejectsFile(path, file, imported, contents);
    try {
      file.write(rejects.text(List.of(rejects.header())));
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return rejects;
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(imported.columns().names());
    if (addsDate()) {
      header.add(MoveLineParser.DATE);
    }
    if (addsRequestId) {
      header.add(MoveLineParser.REQUEST_ID);
    }
    if (reasonColumn.isEmpty()) {
      header.add(0, CsvHeader.REASON);
    }
    return header;
  }

  /**
   * Writes lines, all of them or none.
   *
   * @throws FileNotWrittenException if they can't be written
   */
  public void add(List<Rejection> rejections) {
    if (!rejections.isEmpty()) {
      try {
        file.write(text(rejections.stream().map(this::fields).toList()));
      } catch (IOException e) {
        throw new FileNotWrittenException(path, e);
      }
    }
  }

  /**
   * Gives the file its name, with the lines that it has.
   *
   * @throws FileNotWrittenException if that fails
   */
  public void finish() {
    try {
      file.finish();
    } catch (IOException e) {
      throw new FileNotWrittenException(path, e);
    }
  }

  private List<String> fields(Rejection rejection) {
    List<String> fields = new ArrayList<>(rejection.fields());
    if (addsDate() || addsRequestId) {
      // A line with too few fields must not have these in the column of another value.
      while (fields.size() < imported.columns().names().size()) {
        fields.add("");
      }
    }
    if (addsDate()) {
      fields.add(contents.date().orElseThrow().toString());
    } else if (contents.date().isPresent() && isEmpty(fields, dateColumn.orElseThrow())) {
      fields.set(dateColumn.orElseThrow(), contents.date().get().toString());
    }
    if (addsRequestId) {
      fields.add(rejection.requestId());
    }
    String reason = PrintableText.printable(contents.sentence().apply(rejection.reason()));
    // In front, so that a line with too few fields keeps the others in their columns.
    if (reasonColumn.isEmpty()) {
      fields.add(0, reason);
    } else if (reasonColumn.get() < fields.size()) {
      fields.set(reasonColumn.get(), reason);
    }
    return fields;
  }

  private boolean addsDate() {
    return contents.date().isPresent() && dateColumn.isEmpty();
  }

  private static boolean isEmpty(List<String> fields, int column) {
    return column < fields.size() && fields.get(column).isBlank();
  }

  private String text(List<List<String>> lines) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter writer =
        CsvWriter.builder()
            .fieldSeparator(imported.format().delimiter().character())
            .lineDelimiter(LineDelimiter.LF)
            .build(text)) {
      lines.forEach(writer::writeRecord);
    }
    return text.toString();
  }

  /** Leaves an existing file as it was, unless this one is finished. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new FileNotWrittenException(path, e);
    }
  }
}
