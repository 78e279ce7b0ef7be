package io.stockledger.ledger.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.stockledger.file.CsvColumns;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.file.WholeFile;
import io.stockledger.ledger.transfer.lines.MoveLineParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file of the lines that were not imported, in the form of the file that they come from, so
 * that it can be imported once it is corrected. Each line has its request id, also one that was
 * made for it: a corrected line keeps its id.
 */
public final class RejectsFile implements AutoCloseable {
  private final Path path;
  private final WholeFile file;
  private final boolean addsRequestId;
  private final int columns;

  private RejectsFile(Path path, WholeFile file, CsvColumns columns, boolean addsRequestId) {
    this.path = path;
    this.file = file;
    this.columns = columns.names().size();
    this.addsRequestId = addsRequestId;
  }

  /**
   * Begins a file with its header. It replaces an existing one when it is finished.
   *
   * @param columns those of the file that is imported
   * @throws IOException if it can't be written
   */
  public static RejectsFile begin(Path path, CsvColumns columns) throws IOException {
    WholeFile file = WholeFile.begin(path);
    RejectsFile rejects =
        new RejectsFile(path, file, columns, !columns.contains(MoveLineParser.REQUEST_ID));
    List<String> header = new ArrayList<>(columns.names());
    if (rejects.addsRequestId) {
      header.add(MoveLineParser.REQUEST_ID);
    }
    try {
      file.write(text(List.of(header)));
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return rejects;
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
    if (addsRequestId) {
      // A line with too few fields must not have its id in the column of another value.
      while (fields.size() < columns) {
        fields.add("");
      }
      fields.add(rejection.requestId());
    }
    return fields;
  }

  private static String text(List<List<String>> lines) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
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
