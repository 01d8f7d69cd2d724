package io.meanfield.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/**
 * One object in the settings tree. A reader asks for typed values; what is wrong becomes a problem
 * of the tree, and the reader gets the smallest lawful value and goes on, so that all problems are
 * found in one pass.
 */
public final class Section {
  private final SettingsTree tree;
  private final String name;
  private final ConfigObject object;
  private final Set<String> read = new LinkedHashSet<>();

  Section(SettingsTree tree, String name, ConfigObject object) {
    this.tree = tree;
    this.name = name;
    this.object = object;
    tree.register(this);
  }

  /** A whole number of at least {@code min}. */
  public int integer(String key, int min) {
    Setting setting = required(key);
    Optional<Integer> number = setting.asInt();
    if (setting.value().isPresent() && number.filter(n -> n >= min).isEmpty()) {
      invalid(key, number.isEmpty() ? "a whole number" : "at least " + min);
    }
    return number.filter(n -> n >= min).orElse(min);
  }

  /** Likewise, or nothing where {@code word} stands in its place. */
  public OptionalInt integerOr(String word, String key, int min) {
    Setting setting = required(key);
    if (setting.asString().filter(word::equals).isPresent()) {
      return OptionalInt.empty();
    }
    Optional<Integer> number = setting.asInt().filter(n -> n >= min);
    if (setting.value().isPresent() && number.isEmpty()) {
      invalid(key, "a whole number of at least " + min + ", or " + word);
    }
    return OptionalInt.of(number.orElse(min));
  }

  /** A whole number of any size. */
  public long seed(String key) {
    Setting setting = required(key);
    if (setting.value().isPresent() && setting.asLong().isEmpty()) {
      invalid(key, "a whole number");
    }
    return setting.asLong().orElse(0L);
  }

  /**
   * A number that fulfils {@code lawful}; {@code expectation} completes the sentence "KEY must be
   * …".
   */
  public double number(String key, DoublePredicate lawful, String expectation, double otherwise) {
    Setting setting = setting(key);
    Optional<Double> number = setting.asDouble().filter(lawful::test);
    if (setting.written().isPresent() && number.isEmpty()) {
      invalid(key, expectation);
    }
    return number.orElse(otherwise);
  }

  /** Likewise, and it must be set; {@code otherwise} lets the reader of a wrong value go on. */
  public double requiredNumber(
      String key, DoublePredicate lawful, String expectation, double otherwise) {
    return required(key).value().isEmpty()
        ? otherwise
        : number(key, lawful, expectation, otherwise);
  }

  /** One of the constants of {@code type}, written as they call themselves, in lower case. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    E[] constants = type.getEnumConstants();
    String word = string(key);
    for (E constant : constants) {
      if (nameOf(constant).equals(word)) {
        return constant;
      }
    }
    if (!word.isEmpty()) {
      invalid(
          key,
          "one of "
              + Arrays.stream(constants).map(Section::nameOf).collect(Collectors.joining(", ")));
    }
    return constants[0];
  }

  private static String nameOf(Enum<?> constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }

  /** A text that is not empty. */
  public String string(String key) {
    return stringOf(required(key)).orElse("");
  }

  public Optional<String> optionalString(String key) {
    return stringOf(setting(key));
  }

  private Optional<String> stringOf(Setting setting) {
    if (setting.value().isPresent() && setting.asString().isEmpty()) {
      problem(setting.expected("a text"));
      return Optional.of("");
    }
    return setting.asString();
  }

  /** A list of texts; empty if it is not set. */
  public List<String> strings(String key) {
    Setting setting = setting(key);
    if (setting.value().isEmpty()) {
      return List.of();
    }
    return setting.asStrings().orElseGet(() -> invalidList(key, "a list of texts"));
  }

  /** A list of texts, not empty, or one text, which is a list of one. */
  public List<String> stringList(String key) {
    Setting setting = required(key);
    if (setting.value().isEmpty()) {
      return List.of("");
    }
    return setting
        .asString()
        .map(List::of)
        .or(() -> setting.asStrings().filter(texts -> !texts.isEmpty()))
        .orElseGet(() -> invalidList(key, "a text, or a list with at least one"));
  }

  /** A list of texts, or nothing where {@code word} stands in its place. */
  public Optional<List<String>> stringsOr(String word, String key) {
    Setting setting = required(key);
    if (setting.value().isEmpty() || setting.asString().filter(word::equals).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        setting.asStrings().orElseGet(() -> invalidList(key, "a list of texts, or " + word)));
  }

  private List<String> invalidList(String key, String expectation) {
    invalid(key, expectation);
    return List.of();
  }

  /** Names keys that are known here even if nobody reads them. */
  public void allow(String... keys) {
    read.addAll(Arrays.asList(keys));
  }

  /** A list of whole numbers, each at least {@code min}; not empty. */
  public List<Integer> integers(String key, int min) {
    List<Integer> numbers = new ArrayList<>();
    for (ConfigValue value : list(key)) {
      Optional<Integer> number = Setting.asInt(value).filter(n -> n >= min);
      if (number.isEmpty()) {
        invalid(key, "a list of whole numbers of at least " + min);
        return List.of(min);
      }
      numbers.add(number.get());
    }
    return numbers.isEmpty() ? List.of(min) : numbers;
  }

  /** A nested object. */
  public Section section(String key) {
    read.add(key);
    ConfigValue value = object.get(key);
    if (value instanceof ConfigObject nested) {
      return new Section(tree, path(key), nested);
    }
    if (value == null) {
      problem(path(key) + " is missing");
    } else {
      invalid(key, "an object { … }");
    }
    return new Section(tree, path(key), ConfigValueFactory.fromMap(java.util.Map.of()));
  }

  /** A list of nested objects; not empty. */
  public List<Section> sections(String key) {
    List<Section> nested = new ArrayList<>();
    for (ConfigValue value : list(key)) {
      if (!(value instanceof ConfigObject element)) {
        invalid(key, "a list of objects { … }");
        return List.of();
      }
      nested.add(new Section(tree, path(key) + "[" + nested.size() + "]", element));
    }
    return nested;
  }

  private List<ConfigValue> list(String key) {
    Optional<ConfigValue> value = required(key).value();
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof ConfigList elements) || elements.isEmpty()) {
      invalid(key, "a list with at least one element");
      return List.of();
    }
    return elements;
  }

  /** Whether something stands here. */
  public boolean has(String key) {
    return setting(key).written().isPresent();
  }

  /** Whether true stands here; nothing, or false, is false. */
  public boolean bool(String key) {
    Setting setting = setting(key);
    if (setting.value().isPresent() && setting.asBoolean().isEmpty()) {
      invalid(key, "true or false");
    }
    return setting.asBoolean().orElse(false);
  }

  /** A word that only stands for itself: true, or a problem. */
  public void requireTrue(String key) {
    if (!required(key).asBoolean().orElse(false)) {
      invalid(key, "true");
    }
  }

  /** Which of {@code keys} is set here; a problem if none or more than one is. */
  public Optional<String> oneOf(String... keys) {
    List<String> present = Arrays.stream(keys).filter(object::containsKey).toList();
    read.addAll(Arrays.asList(keys));
    if (present.size() != 1) {
      problem(
          name
              + " must have exactly one of "
              + String.join(", ", keys)
              + ", found "
              + (present.isEmpty()
                  ? String.join(", ", object.keySet())
                  : String.join(", ", present))
              + " ("
              + object.origin().description()
              + ")");
      return Optional.empty();
    }
    return Optional.of(present.get(0));
  }

  /** Adds "KEY must be EXPECTATION, found VALUE (WHERE)" to the problems of the tree. */
  public void invalid(String key, String expectation) {
    problem(setting(key).expected(expectation));
  }

  /** Adds "THIS needs EXPECTATION, found FOUND (WHERE)" to the problems of the tree. */
  public void mismatch(String expectation, String found) {
    problem(
        name
            + " needs "
            + expectation
            + ", found "
            + found
            + " ("
            + object.origin().description()
            + ")");
  }

  private void problem(String sentence) {
    tree.problem(sentence);
  }

  private Setting required(String key) {
    Setting setting = setting(key);
    if (setting.value().isEmpty()) {
      problem(setting.missing());
    }
    return setting;
  }

  private Setting setting(String key) {
    read.add(key);
    return Setting.in(object, key, path(key));
  }

  String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  String where(String key) {
    return Setting.in(object, key, path(key)).where();
  }

  Set<String> read() {
    return read;
  }

  Set<String> unread() {
    Set<String> unread = new TreeSet<>(object.keySet());
    unread.removeAll(read);
    return unread;
  }
}
