package io.meanfield.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.error.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/**
 * One object in the settings tree. A reader asks for typed values. An invalid value becomes a
 * problem of the tree. The reader then gets a valid value and continues, so that all problems are
 * found in one pass. A method whose name does not begin with optional reports a missing key.
 */
public final class Section {
  private static final String TEXT = "a string or a number";
  private static final String OTHER = "another value";

  private final Problems problems;
  private final SectionKeys keys;
  // One section per key, shared by all readers: a key that one reader reads is a known key.
  private final Map<String, Section> nested = new HashMap<>();

  Section(Problems problems, SectionKeys keys) {
    this.problems = problems;
    this.keys = keys;
    problems.watch(keys);
  }

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
        valid(setting, number, "a whole number of at least " + min + ", or " + name).orElse(min));
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
        valid(setting, size, "a size of at least " + least + "m, such as 2g, or " + name)
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
    Setting setting = keys.read(key);
    Optional<Double> number = setting.asDouble().filter(valid::test);
    if (setting.written().isPresent() && number.isEmpty()) {
      problems.add(setting.expectedNumber(expectation));
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
    return string(keys.read(key));
  }

  private Optional<String> string(Setting setting) {
    boolean hasOtherType = setting.value().isPresent() && setting.asString().isEmpty();
    return hasOtherType
        ? Optional.of(valid(setting, setting.asString(), "a string").orElse(""))
        : setting.asString();
  }

  /** Returns a list of strings; empty if the key is not set. */
  public List<String> optionalStrings(String key) {
    Setting setting = keys.read(key);
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
    Setting setting = keys.read(key);
    return valid(setting, setting.asText(), TEXT);
  }

  /**
   * Returns the strings, which may be blank, numbers and booleans of a nested section; none if it
   * is not set. The key of a value in a section of the section has a dot: {@code a { b = 1 }} is
   * {@code a.b = 1}.
   */
  public Map<String, String> optionalTexts(String key) {
    Map<String, String> texts = new TreeMap<>();
    optionalSection(key).addTexts("", texts);
    return texts;
  }

  private void addTexts(String prefix, Map<String, String> texts) {
    for (String name : names()) {
      if (isSection(name)) {
        optionalSection(name).addTexts(prefix + name + ".", texts);
      } else {
        Setting setting = keys.read(name);
        setting.asAnyText().ifPresent(text -> texts.put(prefix + name, text));
        if (setting.value().isPresent() && setting.asAnyText().isEmpty()) {
          problems.add(setting.expected(TEXT, OTHER)); // it may be a secret
        }
      }
    }
  }

  /** Allows keys that no package reads. */
  public void allow(Collection<String> names) {
    keys.allow(names);
  }

  /** Allows a key that no package reads. */
  public void allow(String name) {
    keys.allow(List.of(name));
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

  /** Returns a nested section, which must be set. */
  public Section section(String key) {
    if (keys.read(key).written().isEmpty()) {
      problems.add(keys.read(key).missing());
    }
    return optionalSection(key);
  }

  /** Returns a nested section; a section without keys if it is not set. */
  public Section optionalSection(String key) {
    return nested.computeIfAbsent(key, name -> nested(keys.read(name)));
  }

  private Section nested(Setting setting) {
    if (setting.written().isPresent() && setting.asObject().isEmpty()) {
      problems.add(setting.expected("an object { … }", OTHER));
    }
    ConfigObject object = setting.asObject().orElseGet(() -> ConfigValueFactory.fromMap(Map.of()));
    return new Section(problems, new SectionKeys(setting.path(), object));
  }

  /** Returns whether the value of a key is an object. */
  public boolean isSection(String key) {
    return keys.read(key).asObject().isPresent();
  }

  /** Returns the names of the keys that are set. */
  public Set<String> names() {
    return keys.object().keySet();
  }

  /** Returns the sections of a list, which must have at least one. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (ConfigValue value : list(key)) {
      if (!(value instanceof ConfigObject element)) {
        invalid(key, "a list of objects { … }");
        return List.of();
      }
      String path = path(key) + "[" + sections.size() + "]";
      sections.add(new Section(problems, new SectionKeys(path, element)));
    }
    return sections;
  }

  private List<ConfigValue> list(String key) {
    Setting setting = required(key);
    Optional<List<ConfigValue>> elements = setting.asList().filter(list -> !list.isEmpty());
    return valid(setting, elements, "a list with at least one element").orElse(List.of());
  }

  /** Returns whether the key is present; its value may be null, which removes a default. */
  public boolean has(String key) {
    return keys.read(key).written().isPresent();
  }

  /** Returns whether the key has a value other than null. */
  public boolean isSet(String key) {
    return keys.read(key).value().isPresent();
  }

  /** Returns the value of a boolean key; false if it is not set. */
  public boolean optionalBoolean(String key) {
    Setting setting = keys.read(key);
    return valid(setting, setting.asBoolean(), "true or false").orElse(false);
  }

  /** Adds a problem unless the key is true, its only valid value. */
  public void requireTrue(String key) {
    if (!required(key).asBoolean().orElse(false)) {
      invalid(key, "true");
    }
  }

  /** Returns the one of {@code names} that is present. Adds a problem if none or several are. */
  public Optional<String> oneOf(String... names) {
    List<String> present =
        Arrays.stream(names).filter(name -> keys.read(name).written().isPresent()).toList();
    if (present.size() == 1) {
      return Optional.of(present.get(0));
    }
    String found = String.join(", ", present.isEmpty() ? keys.object().keySet() : present);
    problem("must have exactly one of " + String.join(", ", names), found);
    return Optional.empty();
  }

  /** Returns the location of a value for a message, or that of the section if the key is absent. */
  public String place(String key) {
    return keys.read(key).where();
  }

  /** Adds "KEY must be EXPECTATION, found VALUE (WHERE)" to the problems of the tree. */
  public void invalid(String key, String expectation) {
    problems.add(keys.read(key).expected(expectation));
  }

  /** Adds "SECTION needs EXPECTATION, found FOUND (WHERE)" to the problems of the tree. */
  public void mismatch(String expectation, String found) {
    problem("needs " + expectation, found);
  }

  private void problem(String expectation, String found) {
    String where = keys.object().origin().description();
    String name = Printable.text(keys.name());
    problems.add(
        name + " " + expectation + ", found " + Printable.text(found) + " (" + where + ")");
  }

  private <T> Optional<T> valid(Setting setting, Optional<T> value, String expectation) {
    if (setting.value().isPresent() && value.isEmpty()) {
      problems.add(setting.expected(expectation));
    }
    return value;
  }

  private Setting required(String key) {
    Setting setting = keys.read(key);
    if (setting.value().isEmpty()) {
      problems.add(setting.missing());
    }
    return setting;
  }

  /** Returns the path of a key from the root of the tree. */
  public String path(String key) {
    return keys.path(key);
  }
}
