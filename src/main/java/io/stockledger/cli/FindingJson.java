package io.stockledger.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.stockledger.ledger.verify.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Findings as one array of objects, each written as it comes. */
final class FindingJson {
  private final JsonGenerator json;

  private boolean begun;

  FindingJson(Writer writer) {
    try {
      json = JsonFactory.builder().build().createGenerator(writer);
      // The writer is the terminal's.
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
      json.writeNumberField("invariant", finding.invariant());
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

  /** Ends the array: not called after an error, so that what was cut off does not look whole. */
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

  /** Not before there is something to say: a command that is refused prints nothing. */
  private void begin() throws IOException {
    if (!begun) {
      json.writeStartArray();
      begun = true;
    }
  }
}
