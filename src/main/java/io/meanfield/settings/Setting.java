package io.meanfield.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.meanfield.error.Printable;
import java.math.BigDecimal;
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

  /**
   * Returns the value; empty if it is not a finite number; 1e400 is infinite, and 1e-400 would be
   * 0.
   */
  Optional<Double> asDouble() {
    return value().flatMap(Setting::asDouble);
  }

  /** Returns the value; empty if it is not an integer of at most 32 bits. */
  Optional<Integer> asInt() {
    return value().flatMap(Setting::asInt);
  }

  /** Returns the value; empty if it is not an integer of at most 64 bits, such as 7 or 2e3. */
  Optional<Long> asLong() {
    return value().flatMap(Setting::asLong);
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
    return asLong(value)
        .filter(number -> Math.abs(number) <= Integer.MAX_VALUE)
        .map(Long::intValue);
  }

  private static Optional<Long> asLong(ConfigValue value) {
    try {
      return written(value).map(BigDecimal::longValueExact);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  static Optional<Double> asDouble(ConfigValue value) {
    return written(value)
        .filter(number -> number.signum() == 0 || number.doubleValue() != 0)
        .map(BigDecimal::doubleValue)
        .filter(Double::isFinite);
  }

  /**
   * Returns a number as it is written, because the library of HOCON reads 1e-400 as the integer 0;
   * empty if the value is none.
   */
  private static Optional<BigDecimal> written(ConfigValue value) {
    try {
      return value.unwrapped() instanceof Number
          ? Optional.of(new BigDecimal(text(value)))
          : Optional.empty();
    } catch (NumberFormatException e) { // of an exponent with more than 32 bits, too
      return Optional.empty();
    }
  }

  private static String text(ConfigValue value) {
    return value.atKey("value").getString("value");
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
    return Printable.text(
        value.unwrapped() instanceof Number
            ? text(value)
            : value.render(ConfigRenderOptions.concise()));
  }

  /** Returns the message of {@link #expected}, which names the range of doubles if need be. */
  String expectedNumber(String expectation) {
    boolean isOutOfRange =
        asDouble().isEmpty() && value().filter(v -> v.unwrapped() instanceof Number).isPresent();
    return expected(isOutOfRange ? "0 or a number from 4.9e-324 to 1.8e308" : expectation);
  }

  /** Returns the path for a message. */
  String shownPath() {
    return Printable.text(path);
  }

  String where() {
    return origin.description();
  }
}
