package io.meanfield.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes why JSON is not a record, in the words of Meanfield instead of those of Jackson. */
final class RecordProblem {
  private static final Map<Class<?>, String> EXPECTED =
      Map.ofEntries(
          Map.entry(int.class, "a whole number of 32 bits"),
          Map.entry(Integer.class, "a whole number of 32 bits"),
          Map.entry(long.class, "a whole number of 64 bits"),
          Map.entry(Long.class, "a whole number of 64 bits"),
          Map.entry(float.class, "a number"),
          Map.entry(Float.class, "a number"),
          Map.entry(double.class, "a number of 64 bits"),
          Map.entry(Double.class, "a number of 64 bits"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(Boolean.class, "true or false"),
          Map.entry(String.class, "a string"),
          Map.entry(Instant.class, "a time such as 2024-01-31T12:00:00Z"));

  private RecordProblem() {}

  /** Returns the exception for a value that Jackson has refused. */
  static IOException of(JsonMappingException e) throws IOException {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException && !(cause instanceof JsonMappingException)) {
        return (IOException) cause; // the text is not JSON
      }
    }
    return new InvalidJsonException(reason(e), e);
  }

  private static String reason(JsonMappingException e) throws IOException {
    String path = path(e);
    if (isOwn(e.getCause())) {
      return (path.isEmpty() ? "" : path + ": ") + e.getCause().getMessage();
    }
    if (e.getOriginalMessage().startsWith(UnwrappedRecords.MISSING)) {
      return e.getOriginalMessage();
    }
    JsonParser json = (JsonParser) e.getProcessor();
    JsonToken token = json == null ? null : json.currentToken();
    if (token == null || !(token.isScalarValue() || token.isStructStart())) {
      return "the key " + path + " is missing or null";
    }
    return subject(path)
        + " must be "
        + expected(e)
        + ", found "
        + (isText(e) ? JsonProblem.foundText(json) : JsonProblem.found(json))
        + JsonProblem.at(json.currentTokenLocation());
  }

  private static String subject(String path) {
    return path.isEmpty() ? "it" : path;
  }

  /** Returns whether a record of Meanfield has refused its values. */
  private static boolean isOwn(Throwable cause) {
    return cause instanceof UserException
        || (cause instanceof IllegalArgumentException
            && !(cause instanceof NumberFormatException)
            && cause.getMessage() != null);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static Optional<Class<?>> type(JsonMappingException e) {
    return e instanceof MismatchedInputException wrong
        ? Optional.ofNullable(wrong.getTargetType())
        : Optional.empty();
  }

  /** Returns whether a text is expected that has a certain form. */
  private static boolean isText(JsonMappingException e) {
    return type(e).filter(type -> type.isEnum() || type == Instant.class).isPresent();
  }

  private static String expected(JsonMappingException e) {
    return type(e).map(RecordProblem::expected).orElse("another value");
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list [ … ] without null";
    }
    return EXPECTED.getOrDefault(type, "an object { … }");
  }
}
