package io.meanfield.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a Config from the tokens of JSON. No text of the document is parsed as HOCON. */
final class JsonConfig {
  private final JsonParser json;
  private final ConfigOrigin origin;

  /**
   * Creates a builder.
   *
   * @param json a parser at its first token, with a bounded depth
   * @param origin the location of the document, for messages
   */
  JsonConfig(JsonParser json, String origin) {
    this.json = json;
    this.origin = ConfigOriginFactory.newSimple(origin);
  }

  Config read() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidJsonException(
          "expected an object { … }, found " + JsonProblem.found(json) + at());
    }
    return ((ConfigObject) value()).toConfig();
  }

  private ConfigValue value() throws IOException {
    ConfigOrigin here = origin.withLineNumber(json.currentTokenLocation().getLineNr());
    Object value =
        switch (json.currentToken()) {
          case START_OBJECT -> object();
          case START_ARRAY -> list();
          case VALUE_STRING -> json.getText();
          case VALUE_NUMBER_INT -> whole();
          case VALUE_NUMBER_FLOAT -> number();
          case VALUE_TRUE -> true;
          case VALUE_FALSE -> false;
          default -> null; // of JSON
        };
    return ConfigValueFactory.fromAnyRef(value).withOrigin(here);
  }

  private Map<String, ConfigValue> object() throws IOException {
    Map<String, ConfigValue> entries = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      entries.put(key, value());
    }
    return entries;
  }

  private List<ConfigValue> list() throws IOException {
    List<ConfigValue> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return elements;
  }

  private Number whole() throws IOException {
    return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? Double.valueOf(number())
        : json.getNumberValue();
  }

  private double number() throws IOException {
    double number = json.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new InvalidJsonException(
          "expected a number of 64 bits, found " + JsonProblem.found(json) + at());
    }
    return number;
  }

  private String at() {
    return JsonProblem.at(json.currentTokenLocation());
  }
}
