package io.meanfield.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;

/**
 * One key of the settings with its value.
 *
 * @param path of the key, through all sections
 * @param written its value, or HOCON's null, which takes a default away; empty if the key is absent
 * @param origin of the value, or of the section if there is none
 */
record Setting(String path, Optional<ConfigValue> written, ConfigOrigin origin) {

  static Setting in(ConfigObject section, String key, String path) {
    Optional<ConfigValue> written = Optional.ofNullable(section.get(key));
    return new Setting(path, written, written.map(ConfigValue::origin).orElse(section.origin()));
  }

  /** Its value; empty if it has none. */
  Optional<ConfigValue> value() {
    return written.filter(value -> value.valueType() != ConfigValueType.NULL);
  }

  /** The number that it is, if it is one. */
  Optional<Double> asDouble() {
    return value().flatMap(Setting::asDouble);
  }

  /** The whole number of at most 32 bits that it is, if it is one. */
  Optional<Integer> asInt() {
    return value().flatMap(Setting::asInt);
  }

  /** The whole number of at most 64 bits that it is, if it is written as one. */
  Optional<Long> asLong() {
    return value()
        .map(ConfigValue::unwrapped)
        .filter(number -> number instanceof Integer || number instanceof Long)
        .map(number -> ((Number) number).longValue());
  }

  /** The text that it is, if it is one and not blank. */
  Optional<String> asString() {
    return value()
        .filter(value -> value.valueType() == ConfigValueType.STRING)
        .map(value -> value.unwrapped().toString())
        .filter(text -> !text.isBlank());
  }

  /** The truth value that it is, if it is one. */
  Optional<Boolean> asBoolean() {
    return value()
        .map(ConfigValue::unwrapped)
        .flatMap(truth -> truth instanceof Boolean b ? Optional.of(b) : Optional.empty());
  }

  /** The list of texts that it is, if it is one. */
  Optional<List<String>> asStrings() {
    return value()
        .filter(value -> value instanceof ConfigList)
        .map(value -> (ConfigList) value)
        .filter(list -> list.stream().allMatch(Setting::isString))
        .map(list -> list.stream().map(text -> text.unwrapped().toString()).toList());
  }

  /** The list that it is, if it is one. */
  Optional<List<ConfigValue>> asList() {
    return value()
        .flatMap(value -> value instanceof ConfigList list ? Optional.of(list) : Optional.empty());
  }

  /** The object that it is, if it is one. */
  Optional<ConfigObject> asObject() {
    return value()
        .flatMap(value -> value instanceof ConfigObject o ? Optional.of(o) : Optional.empty());
  }

  private static boolean isString(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING && !value.unwrapped().toString().isBlank();
  }

  static Optional<Integer> asInt(ConfigValue value) {
    return asDouble(value)
        .filter(number -> number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE)
        .map(Double::intValue);
  }

  private static Optional<Double> asDouble(ConfigValue value) {
    return value.unwrapped() instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  /** "PATH is missing (WHERE)". */
  String missing() {
    return path + " is missing (" + where() + ")";
  }

  /** "PATH must be EXPECTATION, found VALUE (WHERE)". */
  String expected(String expectation) {
    String found =
        written.map(value -> value.render(ConfigRenderOptions.concise())).orElse("nothing");
    return path + " must be " + expectation + ", found " + found + " (" + where() + ")";
  }

  String where() {
    return origin.description();
  }
}
