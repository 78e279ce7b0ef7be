package io.stockledger.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.stockledger.ledger.PrintableText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as JSON (RFC 8259), one object per line. */
final class JsonOutput implements Output {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new TerminalEscapes())
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final Terminal terminal;

  JsonOutput(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Writes characters that a terminal would obey as escapes, which keep the value. */
  private static final class TerminalEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    private static final int DELETE = 0x7F;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[DELETE] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      // A surrogate is half of a character; whether it is alone can't be seen here.
      return PrintableText.isControl(character) && !Character.isSurrogate((char) character)
          ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character))
          : null;
    }
  }

  @Override
  public void outcome(boolean ok, Row row, String... textLines) {
    row(Row.of("ok", ok).and(row));
  }

  @Override
  public void refused(Row row, String... textLines) {
    row(Row.of("ok", false).and(row));
  }

  @Override
  public void refusedBecause(Row row, String sentence) {
    refused(row);
  }

  @Override
  public void columns(String... names) {}

  @Override
  public void row(Row row) {
    terminal.text(text(row) + "\n");
  }

  @Override
  public void line(Row row, String text) {
    row(row);
  }

  @Override
  public void table(List<Row> rows, List<String> textLines) {
    rows.forEach(this::row);
  }

  @Override
  public void failure(String kind, String sentence, int status, String... advice) {
    terminal.message(text(Row.of("error", kind, "message", sentence, "status", status)));
  }

  @Override
  public void end() {}

  private static String text(Row row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> value : row.values().entrySet()) {
      json.writeFieldName(value.getKey());
      write(json, value.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean isSo) {
      json.writeBoolean(isSo);
    } else if (value instanceof Row row) {
      write(json, row);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      json.writeString(Row.text(value));
    }
  }
}
