package io.meanfield.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.meanfield.error.Printable;
import java.util.List;
import java.util.Optional;

/**
 * A key of the settings with its value.
 *
 * @param path the path of the key from the root of the tree
 * @param written the value, or the null of HOCON, which removes a default; empty if the key is
 *     absent
 * @param origin the location of the value, or of the section if the key is absent
 */
record Setting(String path, Optional<ConfigValue> written, ConfigOrigin origin) {
  static Setting in(ConfigObject section, String key, String path) {
    Optional<ConfigValue> written = Optional.ofNullable(section.get(key));
    return new Setting(path, written, written.map(ConfigValue::origin).orElse(section.origin()));
  }

  /** Returns the value; empty if it is absent or null. */
  Optional<ConfigValue> value() {
    return written.filter(value -> value.valueType() != ConfigValueType.NULL);
  }

  /** Returns the value; empty if it is not a finite number; 1e400 is infinite. */
  Optional<Double> asDouble() {
    return value().flatMap(Setting::asDouble);
  }

  /** Returns the value; empty if it is not an integer of at most 32 bits. */
  Optional<Integer> asInt() {
    return value().flatMap(Setting::asInt);
  }

  /** Returns the value; empty if it is not written as an integer of at most 64 bits. */
  Optional<Long> asLong() {
    return value()
        .map(ConfigValue::unwrapped)
        .filter(number -> number instanceof Integer || number instanceof Long)
        .map(number -> ((Number) number).longValue());
  }

  /** Returns the value in bytes; empty if it is not a size of memory, such as 512m or 2g. */
  Optional<Long> asBytes() {
    try {
      return value().map(size -> size.atKey("size").getBytes("size"));
    } catch (ConfigException notASize) {
      return Optional.empty();
    }
  }

  /** Returns the value; empty if it is not a string or is blank. */
  Optional<String> asString() {
    return value()
        .filter(value -> value.valueType() == ConfigValueType.STRING)
        .map(value -> value.unwrapped().toString())
        .filter(text -> !text.isBlank());
  }

  /** Returns the value as it is written; empty if it is an object, a list or blank. */
  Optional<String> asText() {
    return asAnyText().filter(text -> !text.isBlank());
  }

  /** Returns the value as it is written, which may be blank; empty if it is an object or a list. */
  Optional<String> asAnyText() {
    return value()
        .filter(value -> !(value instanceof ConfigObject || value instanceof ConfigList))
        .map(value -> value.unwrapped().toString());
  }

  /** Returns the value; empty if it is not a boolean. */
  Optional<Boolean> asBoolean() {
    return value()
        .map(ConfigValue::unwrapped)
        .flatMap(value -> value instanceof Boolean b ? Optional.of(b) : Optional.empty());
  }

  /** Returns the value; empty if it is not a list of strings or contains blank ones. */
  Optional<List<String>> asStrings() {
    return value()
        .filter(value -> value instanceof ConfigList)
        .map(value -> (ConfigList) value)
        .filter(list -> list.stream().allMatch(Setting::isString))
        .map(list -> list.stream().map(element -> element.unwrapped().toString()).toList());
  }

  /** Returns the value; empty if it is not a list. */
  Optional<List<ConfigValue>> asList() {
    return value()
        .flatMap(value -> value instanceof ConfigList list ? Optional.of(list) : Optional.empty());
  }

  /** Returns the value; empty if it is not an object. */
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
    return value.unwrapped() instanceof Number number && Double.isFinite(number.doubleValue())
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  /** Returns the message "PATH is missing (WHERE)". */
  String missing() {
    return shownPath() + " is missing (" + where() + ")";
  }

  /** Returns the message "PATH must be EXPECTATION, found VALUE (WHERE)". */
  String expected(String expectation) {
    return expected(expectation, written.map(Setting::shown).orElse("nothing"));
  }

  /** Returns the message "PATH must be EXPECTATION, found FOUND (WHERE)". */
  String expected(String expectation, String found) {
    return "%s must be %s, found %s (%s)".formatted(shownPath(), expectation, found, where());
  }

  private static String shown(ConfigValue value) {
    return Printable.text(value.render(ConfigRenderOptions.concise()));
  }

  /** Returns the message of {@link #expected}, which names the range of doubles if need be. */
  String expectedNumber(String expectation) {
    boolean isTooLarge =
        asDouble().isEmpty() && value().filter(v -> v.unwrapped() instanceof Number).isPresent();
    return expected(isTooLarge ? "a number below 1.8e308" : expectation);
  }

  /** Returns the path for a message. */
  String shownPath() {
    return Printable.text(path);
  }

  String where() {
    return origin.description();
  }
}
