package io.meanfield.engine.dl4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses configuration.json to maps, lists, strings, numbers and booleans, and Optional.empty() for
 * null. DL4J's own reader is not used, because it creates objects of the classes that a file names.
 */
final class ConfigurationJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int MAX_DEPTH = 32;
  private static final int MAX_VALUES = 200_000;
  private static final String REMEDY = "; write the model again";

  private final JsonParser parser;
  private final String file;
  private int values;

  private ConfigurationJson(JsonParser parser, String file) {
    this.parser = parser;
    this.file = file;
  }

  /**
   * Returns the object that a file holds.
   *
   * @param file the name of the file, for messages
   * @throws UserException if the file is not one JSON object; if an object has a key twice; if the
   *     values are nested deeper than 32 or more than 200,000
   */
  static ConfigurationObject parse(byte[] json, String file) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      ConfigurationJson reader = new ConfigurationJson(parser, file);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw reader.invalid("a JSON object");
      }
      Map<String, Object> root = reader.object(1);
      if (parser.nextToken() != null) {
        throw reader.invalid("the end of the file after the JSON object");
      }
      return new ConfigurationObject(file, "", root);
    } catch (IOException e) {
      throw UnusableModel.because(file + " is not valid JSON" + REMEDY, e);
    }
  }

  private Map<String, Object> object(int depth) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (next() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      next();
      if (object.put(key, value(depth)) != null) {
        throw invalid("each key once, found two keys " + Printable.quoted(key));
      }
    }
    return object;
  }

  private List<Object> array(int depth) throws IOException {
    List<Object> array = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      array.add(value(depth));
    }
    return array;
  }

  private Object value(int depth) throws IOException {
    if (++values > MAX_VALUES || depth >= MAX_DEPTH) {
      throw invalid(
          "at most " + MAX_VALUES + " values, nested at most " + MAX_DEPTH + " deep, found more");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(depth + 1);
      case START_ARRAY -> array(depth + 1);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> Optional.empty();
      default -> throw invalid("a value");
    };
  }

  /** Moves to the next token, which must exist. */
  private JsonToken next() throws IOException {
    try {
      JsonToken token = parser.nextToken();
      if (token != null) {
        return token;
      }
    } catch (IOException e) {
      throw UnusableModel.because(message("valid JSON"), e);
    }
    throw invalid("more, the file ends too early");
  }

  private UserException invalid(String expected) {
    return UnusableModel.because(message(expected), null);
  }

  private String message(String expected) {
    JsonLocation location = parser.currentLocation();
    return file
        + ": expected "
        + expected
        + " at line "
        + location.getLineNr()
        + ", column "
        + location.getColumnNr()
        + REMEDY;
  }
}
