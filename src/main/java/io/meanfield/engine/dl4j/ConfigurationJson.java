package io.meanfield.engine.dl4j;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.meanfield.error.UserException;
import io.meanfield.json.InvalidJsonException;
import io.meanfield.json.JsonProblem;
import io.meanfield.json.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes maps, lists, strings, numbers and booleans of configuration.json, and Optional.empty() of
 * null. DL4J's own reader is not used, because it creates objects of the classes that a file names.
 */
final class ConfigurationJson {
  private static final int MAX_VALUES = 200_000;

  private final JsonParser json;
  private int values;

  private ConfigurationJson(JsonParser json) {
    this.json = json;
  }

  /**
   * Returns the object that a file holds.
   *
   * @param file the name of the file, for messages
   * @throws UserException if the file is not {@link StrictJson} with one object of at most 200,000
   *     values
   */
  static ConfigurationObject parse(byte[] document, String file) {
    try {
      return new ConfigurationObject(
          file, "", StrictJson.read(document, json -> new ConfigurationJson(json).root()));
    } catch (InvalidJsonException e) {
      throw UnusableModel.unreadable(
          file + " is damaged: " + e.getMessage() + "; write the model again", e);
    }
  }

  private Map<String, Object> root() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidJsonException(
          "expected an object { … }, found " + JsonProblem.found(json) + at());
    }
    return object();
  }

  private Map<String, Object> object() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      object.put(key, value());
    }
    return object;
  }

  private List<Object> array() throws IOException {
    List<Object> array = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }

  private Object value() throws IOException {
    if (++values > MAX_VALUES) {
      throw new InvalidJsonException(
          "expected at most " + MAX_VALUES + " values, found more" + at());
    }
    return switch (json.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      default -> Optional.empty(); // null, the only other value of JSON
    };
  }

  private String at() {
    return JsonProblem.at(json.currentTokenLocation());
  }
}
