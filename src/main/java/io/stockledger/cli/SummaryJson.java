package io.stockledger.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.stockledger.ledger.aggregate.ItemMovements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.List;

/** Writes the movements of a day as JSON objects, one per line. */
final class SummaryJson {
  private SummaryJson() {}

  /** Writes the objects, and leaves the writer open. */
  static void write(LocalDate date, List<ItemMovements> movements, Writer writer) {
    JsonFactory factory =
        new JsonFactoryBuilder()
            .rootValueSeparator("")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    try (JsonGenerator json = factory.createGenerator(writer)) {
      for (ItemMovements moved : movements) {
        json.writeStartObject();
        json.writeStringField("date", date.toString());
        json.writeNumberField("item_id", moved.item().itemId());
        json.writeStringField("item_code", moved.item().itemCode());
        json.writeStringField("name", moved.item().name());
        json.writeNumberField("additions", moved.additions());
        json.writeNumberField("removals", moved.removals());
        json.writeNumberField("moves", moved.moves());
        json.writeNumberField("sum", moved.sum());
        json.writeEndObject();
        json.writeRaw('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
