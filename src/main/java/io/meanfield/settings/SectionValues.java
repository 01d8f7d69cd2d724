package io.meanfield.settings;

import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.DoublePredicate;

/**
 * The typed values of one object in the settings tree. An invalid value becomes a problem of the
 * tree. The reader then gets a valid value and continues, so that all problems are found in one
 * pass. A method whose name does not begin with optional reports a missing key.
 */
abstract class SectionValues {
  static final String TEXT = "a string or a number";

  /** Reads a key, which makes it known. */
  abstract Setting read(String key);

  /** Adds a problem to those of the tree. */
  abstract void report(String problem);

  /** Returns an integer of at least {@code min}. */
  public int integer(String key, int min) {
    Setting setting = required(key);
    Optional<Integer> number = setting.asInt();
    return valid(
            setting,
            number.filter(n -> n >= min),
            number.isEmpty() ? "a whole number" : "at least " + min)
        .orElse(min);
  }

  /** Returns an integer of at least {@code min}; empty if the value is {@code name} instead. */
  public OptionalInt integerOr(String name, String key, int min) {
    Setting setting = required(key);
    if (setting.asString().filter(name::equals).isPresent()) {
      return OptionalInt.empty();
    }
    Optional<Integer> number = setting.asInt().filter(n -> n >= min);
    return OptionalInt.of(
        valid(setting, number, "a whole number of at least %s, or %s".formatted(min, name))
            .orElse(min));
  }

  /**
   * Returns a number that satisfies {@code valid}; empty if the value is {@code name} instead.
   *
   * @param expectation the end of the message "KEY must be …"
   */
  public OptionalDouble numberOr(
      String name, String key, DoublePredicate valid, String expectation) {
    Setting setting = required(key);
    if (setting.asString().filter(name::equals).isPresent()) {
      return OptionalDouble.empty();
    }
    Optional<Double> number = setting.asDouble().filter(valid::test);
    return valid(setting, number, expectation)
        .map(OptionalDouble::of)
        .orElseGet(OptionalDouble::empty);
  }

  /**
   * Returns a size of memory in bytes; empty if the value is {@code name} instead.
   *
   * @param least the smallest valid size, in MiB
   */
  public OptionalLong sizeOr(String name, String key, long least) {
    Setting setting = required(key);
    if (setting.asString().filter(name::equals).isPresent()) {
      return OptionalLong.empty();
    }
    Optional<Long> size = setting.asBytes().filter(bytes -> bytes >= least << 20);
    return OptionalLong.of(
        valid(setting, size, "a size of at least %sm, such as 2g, or %s".formatted(least, name))
            .orElse(least << 20));
  }

  /** Returns an integer of 64 bits. */
  public long seed(String key) {
    Setting setting = required(key);
    return valid(setting, setting.asLong(), "a whole number").orElse(0L);
  }

  /**
   * Returns a number that satisfies {@code valid}.
   *
   * @param expectation the end of the message "KEY must be …"
   * @param fallback the value with which the reader continues after a problem
   */
  public double number(String key, DoublePredicate valid, String expectation, double fallback) {
    return required(key).value().isEmpty()
        ? fallback
        : optionalNumber(key, valid, expectation, fallback);
  }

  /**
   * Returns a number that satisfies {@code valid}.
   *
   * @param expectation the end of the message "KEY must be …"
   * @param fallback the value if the key is not set, and after a problem
   */
  public double optionalNumber(
      String key, DoublePredicate valid, String expectation, double fallback) {
    Setting setting = read(key);
    Optional<Double> number = setting.asDouble().filter(valid::test);
    if (setting.written().isPresent() && number.isEmpty()) {
      report(setting.expectedNumber(expectation));
    }
    return number.orElse(fallback);
  }

  /** Returns a constant of {@code type}, which is written as its {@code toString} in lower case. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(constant.toString().toLowerCase(Locale.ROOT), constant);
    }
    return choice(key, constants);
  }

  /**
   * Returns the value of {@code choices} with the name that is set; the first one after a problem.
   */
  public <T> T choice(String key, Map<String, T> choices) {
    String name = string(key);
    if (!name.isEmpty() && !choices.containsKey(name)) {
      invalid(key, "one of " + String.join(", ", choices.keySet()));
    }
    return choices.getOrDefault(name, choices.values().iterator().next());
  }

  /** Returns a string that is not blank. */
  public String string(String key) {
    return string(required(key)).orElse("");
  }

  /** Returns a string that is not blank; empty if the key is not set. */
  public Optional<String> optionalString(String key) {
    return string(read(key));
  }

  private Optional<String> string(Setting setting) {
    boolean hasOtherType = setting.value().isPresent() && setting.asString().isEmpty();
    return hasOtherType
        ? Optional.of(valid(setting, setting.asString(), "a string").orElse(""))
        : setting.asString();
  }

  /** Returns a list of strings; empty if the key is not set. */
  public List<String> optionalStrings(String key) {
    Setting setting = read(key);
    return valid(setting, setting.asStrings(), "a list of strings").orElse(List.of());
  }

  /** Returns a list of at least one string; a single string becomes a list of one. */
  public List<String> strings(String key) {
    Setting setting = required(key);
    Optional<List<String>> strings =
        setting
            .asString()
            .map(List::of)
            .or(() -> setting.asStrings().filter(list -> !list.isEmpty()));
    return valid(setting, strings, "a string, or a list with at least one string")
        .orElse(List.of());
  }

  /** Returns a list of strings; empty if the value is {@code name} instead. */
  public Optional<List<String>> stringsOr(String name, String key) {
    Setting setting = required(key);
    return setting.asString().filter(name::equals).isPresent()
        ? Optional.empty()
        : valid(setting, setting.asStrings(), "a list of strings, or " + name);
  }

  /** Returns a string, or a number or boolean as it is written; empty if the key is not set. */
  public Optional<String> optionalText(String key) {
    Setting setting = read(key);
    return valid(setting, setting.asText(), TEXT);
  }

  /** Returns a list of at least one integer; each must be at least {@code min}. */
  public List<Integer> integers(String key, int min) {
    List<ConfigValue> values = list(key);
    List<Integer> numbers =
        values.stream()
            .flatMap(value -> Setting.asInt(value).filter(n -> n >= min).stream())
            .toList();
    if (numbers.size() < values.size()) {
      invalid(key, "a list of whole numbers of at least " + min);
      return List.of(min);
    }
    return numbers.isEmpty() ? List.of(min) : numbers;
  }

  /**
   * Returns a list of numbers that satisfy {@code valid}; a number becomes a list of one.
   *
   * @param expectation the end of the message "KEY must be …"
   */
  public List<Double> numbers(String key, DoublePredicate valid, String expectation) {
    Setting setting = required(key);
    Optional<List<Double>> numbers =
        setting
            .asDouble()
            .map(List::of)
            .or(() -> setting.asList().flatMap(SectionValues::numbers))
            .filter(list -> list.stream().allMatch(valid::test));
    return valid(setting, numbers, expectation).orElse(List.of());
  }

  private static Optional<List<Double>> numbers(List<ConfigValue> values) {
    List<Double> numbers =
        values.stream().flatMap(each -> Setting.asDouble(each).stream()).toList();
    return numbers.size() == values.size() ? Optional.of(numbers) : Optional.empty();
  }

  final List<ConfigValue> list(String key) {
    Setting setting = required(key);
    Optional<List<ConfigValue>> elements = setting.asList().filter(list -> !list.isEmpty());
    return valid(setting, elements, "a list with at least one element").orElse(List.of());
  }

  final List<ConfigValue> optionalList(String key, String expected) {
    Setting setting = read(key);
    return valid(setting, setting.asList(), expected).orElse(List.of());
  }

  /** Returns the value of a boolean key; false if it is not set. */
  public boolean optionalBoolean(String key) {
    Setting setting = read(key);
    return valid(setting, setting.asBoolean(), "true or false").orElse(false);
  }

  /** Adds a problem unless the key is true, its only valid value. */
  public void requireTrue(String key) {
    if (!required(key).asBoolean().orElse(false)) {
      invalid(key, "true");
    }
  }

  /** Returns the location of a value for a message, or that of the section if the key is absent. */
  public String place(String key) {
    return read(key).where();
  }

  /** Adds "KEY must be EXPECTATION, found VALUE (WHERE)" to the problems of the tree. */
  public void invalid(String key, String expectation) {
    report(read(key).expected(expectation));
  }

  private <T> Optional<T> valid(Setting setting, Optional<T> value, String expectation) {
    if (setting.value().isPresent() && value.isEmpty()) {
      report(setting.expected(expectation));
    }
    return value;
  }

  final Setting required(String key) {
    Setting setting = read(key);
    if (setting.value().isEmpty()) {
      report(setting.missing());
    }
    return setting;
  }
}
