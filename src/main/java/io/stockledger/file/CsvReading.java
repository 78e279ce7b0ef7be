package io.stockledger.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One pass over the lines of a CSV file. Empty lines are left out. */
public final class CsvReading implements AutoCloseable {
  /** Far longer than any line that can be imported: a quote that is never closed ends here. */
  private static final int LONGEST_LINE = 1 << 16;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final CloseableIterator<CsvRecord> records;
  private final CsvColumns columns;
  private long lastLine;

  /**
   * Begins with the header.
   *
   * @param file its name, for messages
   * @throws InvalidFileException if the header is wrong
   */
  CsvReading(String file, InputStream in, CsvHeader header, CsvFormat format) throws IOException {
    this.file = file;
    try {
      Reader reader = new BufferedReader(utf8(in));
      skipByteOrderMark(reader);
      this.records =
          CsvReader.builder()
              .fieldSeparator(format.delimiter().character())
              // Such a field is no number and no id, so its line is reported as faulty.
              .allowExtraCharsAfterClosingQuote(true)
              .allowUnclosedQuote(false)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .maxBufferSize(LONGEST_LINE)
              .ofCsvRecord(reader)
              .iterator();
      CsvLine first =
          next()
              .orElseThrow(
                  () -> new InvalidFileException(file + " is empty. " + header.mustName(), null));
      this.columns = CsvColumns.of(file, first.fields(), header, format);
    } catch (CharacterCodingException e) {
      in.close();
      throw notUtf8(e);
    } catch (FileChangedException e) {
      in.close();
      throw changed(e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Bytes that are no UTF-8 must be found, not replaced. */
  private static Reader utf8(InputStream in) {
    return new InputStreamReader(
        in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  CsvColumns columns() {
    return columns;
  }

  /**
   * Returns the next line that has a value; empty at the end of the file.
   *
   * @throws InvalidFileException if the rest of the file can't be read as CSV in UTF-8
   */
  public Optional<CsvLine> next() throws IOException {
    try {
      while (records.hasNext()) {
        CsvRecord record = records.next();
        lastLine = record.getStartingLineNumber();
        // A spreadsheet writes an empty row as delimiters.
        if (!record.getFields().stream().allMatch(String::isBlank)) {
          return Optional.of(new CsvLine(lastLine, record.getFields()));
        }
      }
      return Optional.empty();
    } catch (CsvParseException e) {
      if (isCausedBy(e, FileChangedException.class)) {
        throw changed(e);
      }
      throw isCausedBy(e, CharacterCodingException.class) ? notUtf8(e) : notCsv(e);
    } catch (UncheckedIOException e) {
      if (isCausedBy(e, FileChangedException.class)) {
        throw changed(e);
      }
      if (isCausedBy(e, CharacterCodingException.class)) {
        throw notUtf8(e);
      }
      throw e.getCause();
    }
  }

  private static boolean isCausedBy(Throwable error, Class<? extends Throwable> kind) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private InvalidFileException notCsv(Exception error) {
    return new InvalidFileException(
        file
            + " is not CSV: after line "
            + lastLine
            + " there is a quote that is not closed, or a line of more than "
            + LONGEST_LINE
            + " characters.",
        error);
  }

  private InvalidFileException changed(Exception error) {
    return new InvalidFileException(
        file + " was changed while it was being read. Import it when it is written.", error);
  }

  private InvalidFileException notUtf8(Exception error) {
    return new InvalidFileException(
        "%s is not UTF-8%s. Save it as UTF-8."
            .formatted(file, lastLine > 0 ? " (after line " + lastLine + ")" : ""),
        error);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
