package io.meanfield.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;

/**
 * One object in the settings tree. A reader asks for typed values. A wrong value becomes a problem
 * of the tree, and the reader gets the smallest valid value and continues, so that all problems are
 * found in one pass.
 */
public final class Section {
  private final Problems problems;
  private final SectionKeys keys;
  // One section for each key: what one reader reads is known to all.
  private final Map<String, Section> nested = new HashMap<>();

  Section(Problems problems, SectionKeys keys) {
    this.problems = problems;
    this.keys = keys;
    problems.watch(keys);
  }

  /** A whole number of at least {@code min}. */
  public int integer(String key, int min) {
    Setting setting = required(key);
    Optional<Integer> number = setting.asInt();
    return valid(
            setting,
            number.filter(n -> n >= min),
            number.isEmpty() ? "a whole number" : "at least " + min)
        .orElse(min);
  }

  /** A whole number of at least {@code min}; empty if {@code name} is in its place. */
  public OptionalInt integerOr(String name, String key, int min) {
    Setting setting = required(key);
    if (setting.asString().filter(name::equals).isPresent()) {
      return OptionalInt.empty();
    }
    Optional<Integer> number = setting.asInt().filter(n -> n >= min);
    return OptionalInt.of(
        valid(setting, number, "a whole number of at least " + min + ", or " + name).orElse(min));
  }

  /** A whole number of any size. */
  public long seed(String key) {
    Setting setting = required(key);
    return valid(setting, setting.asLong(), "a whole number").orElse(0L);
  }

  /**
   * A number that fulfils {@code valid}.
   *
   * @param expectation completes the sentence "KEY must be …"
   * @param otherwise the value if the key is not set
   */
  public double number(String key, DoublePredicate valid, String expectation, double otherwise) {
    Setting setting = keys.read(key);
    Optional<Double> number = setting.asDouble().filter(valid::test);
    if (setting.written().isPresent() && number.isEmpty()) {
      invalid(key, expectation);
    }
    return number.orElse(otherwise);
  }

  /**
   * A number that must be set and fulfils {@code valid}.
   *
   * @param otherwise the value with which the reader continues after a problem
   */
  public double requiredNumber(
      String key, DoublePredicate valid, String expectation, double otherwise) {
    return required(key).value().isEmpty() ? otherwise : number(key, valid, expectation, otherwise);
  }

  /** One of the constants of {@code type}, written as its {@code toString} in lower case. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(constant.toString().toLowerCase(Locale.ROOT), constant);
    }
    return choice(key, constants);
  }

  /** One of {@code choices}, which are not empty, by its name; the first one after a problem. */
  public <T> T choice(String key, Map<String, T> choices) {
    String name = string(key);
    if (!name.isEmpty() && !choices.containsKey(name)) {
      invalid(key, "one of " + String.join(", ", choices.keySet()));
    }
    return choices.getOrDefault(name, choices.values().iterator().next());
  }

  /** A text that is not empty. */
  public String string(String key) {
    return text(required(key)).orElse("");
  }

  public Optional<String> optionalString(String key) {
    return text(keys.read(key));
  }

  private Optional<String> text(Setting setting) {
    boolean isOther = setting.value().isPresent() && setting.asString().isEmpty();
    return isOther
        ? Optional.of(valid(setting, setting.asString(), "a text").orElse(""))
        : setting.asString();
  }

  /** A list of texts; empty if it is not set. */
  public List<String> strings(String key) {
    Setting setting = keys.read(key);
    return valid(setting, setting.asStrings(), "a list of texts").orElse(List.of());
  }

  /** A list of at least one text, or one text, which is a list of one. */
  public List<String> stringList(String key) {
    Setting setting = required(key);
    Optional<List<String>> texts =
        setting
            .asString()
            .map(List::of)
            .or(() -> setting.asStrings().filter(list -> !list.isEmpty()));
    return valid(setting, texts, "a text, or a list with at least one").orElse(List.of());
  }

  /** A list of texts; empty if {@code name} is in its place. */
  public Optional<List<String>> stringsOr(String name, String key) {
    Setting setting = required(key);
    return setting.asString().filter(name::equals).isPresent()
        ? Optional.empty()
        : valid(setting, setting.asStrings(), "a list of texts, or " + name);
  }

  /** Makes keys known that no package reads. */
  public void allow(Collection<String> names) {
    keys.allow(names);
  }

  /** Makes a key known that no package reads. */
  public void allow(String name) {
    keys.allow(List.of(name));
  }

  /** Makes all keys known that are set here. */
  public void allowAll() {
    keys.allow(keys.object().keySet());
  }

  /** A list of whole numbers, each at least {@code min}; not empty. */
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

  /** A nested object. */
  public Section section(String key) {
    if (keys.read(key).written().isEmpty()) {
      problems.add(path(key) + " is missing");
    }
    return optionalSection(key);
  }

  /** A nested object; without keys if it is not set. */
  public Section optionalSection(String key) {
    return nested.computeIfAbsent(key, name -> nested(keys.read(name)));
  }

  private Section nested(Setting setting) {
    if (setting.written().isPresent() && setting.asObject().isEmpty()) {
      problems.add(setting.expected("an object { … }"));
    }
    ConfigObject object = setting.asObject().orElseGet(() -> ConfigValueFactory.fromMap(Map.of()));
    return new Section(problems, new SectionKeys(setting.path(), object));
  }

  /** A list of nested objects; not empty. */
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

  /** Whether the key is written, be it with null, which takes a default away. */
  public boolean has(String key) {
    return keys.read(key).written().isPresent();
  }

  /** Whether the key has a value; null is none. */
  public boolean isSet(String key) {
    return keys.read(key).value().isPresent();
  }

  /** Whether the key is true; false if it is not set. */
  public boolean bool(String key) {
    Setting setting = keys.read(key);
    return valid(setting, setting.asBoolean(), "true or false").orElse(false);
  }

  /** Adds a problem unless the key is true, the only value that it takes. */
  public void requireTrue(String key) {
    if (!required(key).asBoolean().orElse(false)) {
      invalid(key, "true");
    }
  }

  /** Which of {@code names} is set here; a problem if none or more than one is. */
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

  /** Adds "KEY must be EXPECTATION, found VALUE (WHERE)" to the problems of the tree. */
  public void invalid(String key, String expectation) {
    problems.add(keys.read(key).expected(expectation));
  }

  /** Adds "THIS needs EXPECTATION, found FOUND (WHERE)" to the problems of the tree. */
  public void mismatch(String expectation, String found) {
    problem("needs " + expectation, found);
  }

  private void problem(String expectation, String found) {
    String where = keys.object().origin().description();
    problems.add(keys.name() + " " + expectation + ", found " + found + " (" + where + ")");
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

  /** The path of a key through all sections. */
  public String path(String key) {
    return keys.path(key);
  }
}
