package io.stockledger.stream.operation;

import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.text.PrintableText;
import io.stockledger.text.ShortTime;
import io.stockledger.text.Today;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The fields of a line, or of an object in it, from which an operation takes those that it knows.
 */
final class Fields {
  private final Map<String, Object> values;

  /**
   * Makes fields.
   *
   * @param values by name: String, Long, or a list of such maps
   */
  Fields(Map<String, Object> values) {
    this.values = values;
  }

  /** Returns a text that must be there. */
  String text(String name) throws FaultyLineException {
    return typed(name, required(name), String.class, "a text");
  }

  /** Returns a whole number that must be there. */
  long number(String name) throws FaultyLineException {
    return typed(name, required(name), Long.class, "a whole number");
  }

  /** Returns a whole number that must be there and be at least 1. */
  long atLeastOne(String name) throws FaultyLineException {
    long number = number(name);
    if (number < 1) {
      throw new FaultyLineException("The " + name + " is " + number + "; it must be at least 1.");
    }
    return number;
  }

  /** Returns a whole number that must be there and not be negative. */
  long atLeastZero(String name) throws FaultyLineException {
    long number = number(name);
    if (number < 0) {
      throw new FaultyLineException("The " + name + " is " + number + "; it must be at least 0.");
    }
    return number;
  }

  /** Whether a field is there. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns a length of time that must be there. */
  Duration time(String name) throws FaultyLineException {
    String text = text(name);
    return ShortTime.parse(text)
        .orElseThrow(
            () ->
                new FaultyLineException(
                    "The %s is %s; it must be a time such as %s."
                        .formatted(name, PrintableText.quoted(text), ShortTime.EXAMPLES)));
  }

  long itemId() throws FaultyLineException {
    return atLeastOne("item_id");
  }

  /** Returns the id of the request, without which a client could not ask again. */
  String requestId() throws FaultyLineException {
    String id = text("request_id");
    check(() -> MoveRequest.checkRequestId(id));
    return id;
  }

  /** Returns the day; today if none is given. */
  LocalDate date() throws FaultyLineException {
    return optionalDate().orElseGet(Today::date);
  }

  Optional<LocalDate> optionalDate() throws FaultyLineException {
    Optional<String> text = optionalText("date");
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      throw new FaultyLineException(
          "The date is "
              + PrintableText.quoted(text.orElse(""))
              + "; it must be a day such as 2025-09-19.");
    }
  }

  /** Returns the remark; empty if none is given. */
  String note() throws FaultyLineException {
    return optionalText("note").orElse("");
  }

  private Optional<String> optionalText(String name) throws FaultyLineException {
    Object value = values.remove(name);
    return value == null
        ? Optional.empty()
        : Optional.of(typed(name, value, String.class, "a text"));
  }

  /** Returns the objects of a list that must be there. */
  @SuppressWarnings("unchecked")
  List<Fields> objects(String name) throws FaultyLineException {
    List<?> list = typed(name, required(name), List.class, "a list of objects");
    List<Fields> objects = new ArrayList<>(list.size());
    list.forEach(object -> objects.add(new Fields((Map<String, Object>) object)));
    return objects;
  }

  /** Returns the step of a request that many others may go along with. */
  Step moves(Request request, boolean isOrder) throws FaultyLineException {
    check(
        () -> {
          request.check();
          request.refuseIfTooFarAhead();
        });
    return new Step.Moves(request, isOrder);
  }

  /** Refuses fields that nobody has taken. */
  void end() throws FaultyLineException {
    if (!values.isEmpty()) {
      throw new FaultyLineException(
          "Unknown field " + PrintableText.quoted(values.keySet().iterator().next()) + ".");
    }
  }

  private Object required(String name) throws FaultyLineException {
    Object value = values.remove(name);
    if (value == null) {
      throw new FaultyLineException("The field " + name + " is missing.");
    }
    return value;
  }

  private static <T> T typed(String name, Object value, Class<T> type, String what)
      throws FaultyLineException {
    if (!type.isInstance(value)) {
      throw new FaultyLineException("The field " + name + " must be " + what + ".");
    }
    return type.cast(value);
  }

  private static void check(Runnable check) throws FaultyLineException {
    checked(
        () -> {
          check.run();
          return true;
        });
  }

  /** Returns a value whose maker refuses what no request may have. */
  static <T> T checked(Supplier<T> maker) throws FaultyLineException {
    try {
      return maker.get();
    } catch (InvalidValueException e) {
      throw new FaultyLineException(e.getMessage());
    }
  }
}
