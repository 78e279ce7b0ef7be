package io.stockledger.ledger.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file of the lines that were not imported, in the form of the file that they come from, so
 * that it can be imported once it is corrected. Each line has its request id, also one that was
 * made for it: a corrected line keeps its id.
 */
public final class RejectsFile implements AutoCloseable {
  private final FileChannel channel;
  private final boolean addsRequestId;
  private final int columns;

  private RejectsFile(FileChannel channel, CsvColumns columns, boolean addsRequestId) {
    this.channel = channel;
    this.columns = columns.names().size();
    this.addsRequestId = addsRequestId;
  }

  /**
   * Makes or empties the file and writes its header.
   *
   * @param columns those of the file that is imported
   * @throws IOException if it can't be written
   */
  public static RejectsFile open(Path path, CsvColumns columns) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    RejectsFile file = new RejectsFile(channel, columns, !columns.contains(MoveLines.REQUEST_ID));
    List<String> header = new ArrayList<>(columns.names());
    if (file.addsRequestId) {
      header.add(MoveLines.REQUEST_ID);
    }
    try {
      file.write(List.of(header));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return file;
  }

  /** Writes lines, all of them in one piece: a killed process leaves no half line. */
  void add(List<Rejection> rejections) throws IOException {
    if (!rejections.isEmpty()) {
      write(rejections.stream().map(this::fields).toList());
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

  private void write(List<List<String>> lines) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      lines.forEach(writer::writeRecord);
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
