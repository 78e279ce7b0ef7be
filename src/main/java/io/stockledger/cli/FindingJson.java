package io.stockledger.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.stockledger.ledger.verify.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes findings as one JSON array of objects, each as soon as it is found. */
final class FindingJson {
  private final JsonGenerator json;

  private boolean begun;

  FindingJson(Writer writer) {
    try {
      json = JsonFactory.builder().build().createGenerator(writer);
      // The terminal closes the writer.
      json.configure(StreamWriteFeature.AUTO_CLOSE_TARGET.mappedFeature(), false);
      json.configure(StreamWriteFeature.FLUSH_PASSED_TO_STREAM.mappedFeature(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(Finding finding) {
    try {
      begin();
      json.writeStartObject();
      json.writeNumberField("invariant", finding.invariant().number());
      json.writeNumberField("item_id", finding.itemId());
      if (finding.moveNo().isPresent()) {
        json.writeNumberField("move_no", finding.moveNo().getAsLong());
      } else {
        json.writeNullField("move_no");
      }
      json.writeStringField("date", finding.date().map(Object::toString).orElse(null));
      json.writeStringField("subject", finding.subject());
      json.writeStringField("found", finding.found());
      json.writeStringField("expected", finding.expected());
      json.writeEndObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the array. Not called after an error, so that an incomplete array is not valid JSON. */
  void end() {
    try {
      begin();
      json.writeEndArray();
      json.writeRaw('\n');
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins the array with the first finding, so that a command that fails prints nothing. */
  private void begin() throws IOException {
    if (!begun) {
      json.writeStartArray();
      begun = true;
    }
  }
}
