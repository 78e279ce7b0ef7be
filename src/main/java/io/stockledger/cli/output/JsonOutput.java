package io.stockledger.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Results as JSON (RFC 8259), one object per line. The terminal writes characters that it would
 * obey in the form of JSON's escapes, so the values stay what they are.
 */
final class JsonOutput implements Output {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final Terminal terminal;

  JsonOutput(Terminal terminal) {
    this.terminal = terminal;
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
    terminal.result(text(row));
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
  public void end(boolean isDone) {}

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
