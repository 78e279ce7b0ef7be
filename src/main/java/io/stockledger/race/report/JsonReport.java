package io.stockledger.race.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.stockledger.race.RaceRow;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;

/** The race as a list of JSON objects, one per strategy. */
public final class JsonReport {
  private JsonReport() {}

  /** Writes the list and a line end, and leaves the writer open. */
  public static void write(List<RaceRow> rows, Writer writer) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    try (JsonGenerator generator = factory.createGenerator(writer)) {
      generator.setPrettyPrinter(new DefaultPrettyPrinter());
      generator.writeStartArray();
      for (RaceRow row : rows) {
        generator.writeStartObject();
        for (RaceColumn column : RaceColumn.ALL) {
          generator.writeFieldName(column.name());
          writeValue(generator, column.value().apply(row));
        }
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }
    writer.write('\n');
  }

  private static void writeValue(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof BigDecimal number) {
      generator.writeNumber(number);
    } else if (value instanceof Long number) {
      generator.writeNumber(number);
    } else {
      generator.writeString(value.toString());
    }
  }
}
