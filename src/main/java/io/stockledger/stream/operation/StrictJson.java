package io.stockledger.stream.operation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a line as one JSON object (RFC 8259) whose values are texts, whole numbers and lists of
 * such objects, and refuses all else: a program that sends something else means something else.
 */
final class StrictJson {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Names of fields come from outside: kept in no table that all lines share.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private StrictJson() {}

  /** Returns the fields of an object. Those before a fault are in the map when it is found. */
  static void read(String text, Map<String, Object> fields) throws FaultyLineException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new FaultyLineException("The line is no JSON object.");
      }
      readObject(parser, fields, true);
      if (parser.nextToken() != null) {
        throw new FaultyLineException("The line has more than one JSON object.");
      }
    } catch (InputCoercionException e) {
      throw new FaultyLineException("A number is out of range.");
    } catch (JsonProcessingException e) {
      throw new FaultyLineException("The line is no JSON object: " + reason(e) + ".");
    } catch (IOException e) {
      throw new IllegalStateException("A text can be read.", e);
    }
  }

  private static void readObject(JsonParser parser, Map<String, Object> fields, boolean mayNest)
      throws IOException, FaultyLineException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      fields.put(name, value(parser, parser.nextToken(), name, mayNest));
    }
  }

  private static Object value(JsonParser parser, JsonToken token, String name, boolean mayNest)
      throws IOException, FaultyLineException {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      throw new FaultyLineException(
          "The field %s must be a whole number, without a fraction or an exponent."
              .formatted(PrintableText.quoted(name)));
    }
    if (token == JsonToken.START_ARRAY && mayNest) {
      return objects(parser, name);
    }
    throw new FaultyLineException(
        "The field %s has a value of the wrong kind.".formatted(PrintableText.quoted(name)));
  }

  private static List<Map<String, Object>> objects(JsonParser parser, String name)
      throws IOException, FaultyLineException {
    List<Map<String, Object>> objects = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_OBJECT) {
        throw new FaultyLineException(
            "The field %s must be a list of objects.".formatted(PrintableText.quoted(name)));
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      readObject(parser, fields, false);
      objects.add(fields);
      token = parser.nextToken();
    }
    return objects;
  }

  private static String reason(JsonProcessingException error) {
    return PrintableText.printable(PrintableText.cut(error.getOriginalMessage(), 200))
        .replaceFirst("\\.$", "");
  }
}
