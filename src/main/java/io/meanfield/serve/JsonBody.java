package io.meanfield.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meanfield.error.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The JSON objects of requests and answers: maps, lists, texts, numbers, truth values and null. */
final class JsonBody {
  // Python writes NaN, which means a missing value.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /**
   * Reads the object of a request.
   *
   * @throws HttpFailure if the bytes are no JSON object
   */
  static Map<String, Object> parse(byte[] json) {
    try {
      Object found = MAPPER.readValue(json, Object.class);
      if (found instanceof Map<?, ?>) {
        return object(found, "the body");
      }
      throw noObject("found " + (found instanceof List<?> ? "a list" : shown(found)));
    } catch (JsonProcessingException e) {
      throw noObject(Printable.text(e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) { // characters that are not UTF-8
      throw noObject("found bytes that are no text in UTF-8");
    }
  }

  private static HttpFailure noObject(String found) {
    return HttpFailure.badRequest("expected a JSON object as the body of the request: %s", found);
  }

  /** Returns the bytes of an answer. */
  static byte[] bytes(Map<String, ?> answer) {
    try {
      return MAPPER.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON of an answer", e);
    }
  }

  /** Returns a list of texts as JSON. */
  static String text(List<String> texts) {
    try {
      return MAPPER.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON of texts", e);
    }
  }

  /** Returns a list. */
  static List<?> list(Object value, String where) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw HttpFailure.badRequest("%s must be a list, found %s", where, shown(value));
  }

  /** Returns an object. */
  @SuppressWarnings("unchecked") // the keys of JSON are texts
  static Map<String, Object> object(Object value, String where) {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw HttpFailure.badRequest("%s must be an object, found %s", where, shown(value));
  }

  /** Returns a text. */
  static String text(Object value, String where) {
    if (value instanceof String text) {
      return text;
    }
    throw HttpFailure.badRequest("%s must be a text, found %s", where, shown(value));
  }

  /** Returns a value for a message. */
  static String shown(Object value) {
    return value instanceof String text
        ? Printable.quoted(text)
        : Printable.text(String.valueOf(value));
  }
}
