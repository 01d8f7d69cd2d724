package io.meanfield.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.error.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One object in the settings tree, from which a reader asks for values and nested objects. */
public final class Section extends SectionValues {
  private static final String OTHER = "another value";
  private static final String SECTIONS = "a list of objects { … }";

  private final Problems problems;
  private final String name;
  private final ConfigObject object;
  // One section per key, shared by all readers: a key that one reader reads is a known key.
  private final Map<String, Section> nested = new HashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * Starts without known keys.
   *
   * @param name the path of the section; empty for the root
   */
  Section(Problems problems, String name, ConfigObject object) {
    this.problems = problems;
    this.name = name;
    this.object = object;
    problems.watch(this);
  }

  @Override
  Setting read(String key) {
    known.add(key);
    return Setting.in(object, key, path(key));
  }

  @Override
  void report(String problem) {
    problems.add(problem);
  }

  /** Returns the paths of the known keys. */
  List<String> known() {
    return known.stream().map(this::path).toList();
  }

  /** Returns the settings with keys that no reader reads, in the order of the keys. */
  List<Setting> unknown() {
    return object.keySet().stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .map(key -> Setting.in(object, key, path(key)))
        .toList();
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
        Setting setting = read(name);
        setting.asAnyText().ifPresent(text -> texts.put(prefix + name, text));
        if (setting.value().isPresent() && setting.asAnyText().isEmpty()) {
          report(setting.expected(TEXT, OTHER)); // it may be a secret
        }
      }
    }
  }

  /** Allows keys that no package reads. */
  public void allow(Collection<String> names) {
    known.addAll(names);
  }

  /** Returns a list of lists of numbers; lists may be empty. */
  public List<List<Double>> numberLists(String key) {
    List<List<Double>> lists = new ArrayList<>();
    for (ConfigValue value : list(key)) {
      if (!(value instanceof ConfigList elements)
          || !elements.unwrapped().stream().allMatch(Number.class::isInstance)) {
        invalid(key, "a list of lists of numbers");
        return List.of();
      }
      lists.add(
          elements.unwrapped().stream().map(number -> ((Number) number).doubleValue()).toList());
    }
    return lists;
  }

  /** Returns a nested section, which must be set. */
  public Section section(String key) {
    if (read(key).written().isEmpty()) {
      report(read(key).missing());
    }
    return optionalSection(key);
  }

  /** Returns a nested section; a section without keys if it is not set. */
  public Section optionalSection(String key) {
    return nested.computeIfAbsent(key, name -> nested(read(name)));
  }

  private Section nested(Setting setting) {
    if (setting.written().isPresent() && setting.asObject().isEmpty()) {
      report(setting.expected("an object { … }", OTHER));
    }
    ConfigObject object = setting.asObject().orElseGet(() -> ConfigValueFactory.fromMap(Map.of()));
    return new Section(problems, setting.path(), object);
  }

  /** Returns whether the value of a key is an object. */
  public boolean isSection(String key) {
    return read(key).asObject().isPresent();
  }

  /** Returns the names of the keys that are set. */
  public Set<String> names() {
    return object.keySet();
  }

  /** Returns the elements of a list, which must have at least one. */
  public List<ConfigValue> values(String key) {
    return list(key);
  }

  /** Returns the sections of a list, which must have at least one. */
  public List<Section> sections(String key) {
    return sections(key, list(key));
  }

  /** Returns the sections of a list; none if it is not set. */
  public List<Section> optionalSections(String key) {
    return sections(key, optionalList(key, SECTIONS));
  }

  /**
   * Returns the sections of a list whose elements may be written shorter; none if it is not set.
   *
   * @param expectation the end of the message "KEY must be …"
   * @param object returns the object that an element means
   */
  public List<Section> optionalSections(
      String key, String expectation, UnaryOperator<ConfigValue> object) {
    List<ConfigValue> values = optionalList(key, expectation).stream().map(object).toList();
    return sections(key, expectation, values);
  }

  private List<Section> sections(String key, List<ConfigValue> values) {
    return sections(key, SECTIONS, values);
  }

  private List<Section> sections(String key, String expectation, List<ConfigValue> values) {
    List<Section> sections = new ArrayList<>();
    for (ConfigValue value : values) {
      if (!(value instanceof ConfigObject element)) {
        invalid(key, expectation);
        return List.of();
      }
      String path = path(key) + "[" + sections.size() + "]";
      sections.add(new Section(problems, path, element));
    }
    return sections;
  }

  /** Returns whether the key is present; its value may be null, which removes a default. */
  public boolean has(String key) {
    return read(key).written().isPresent();
  }

  /** Returns whether the key has a value other than null. */
  public boolean isSet(String key) {
    return read(key).value().isPresent();
  }

  /** Returns the one of {@code names} that is present. Adds a problem if none or several are. */
  public Optional<String> oneOf(String... names) {
    List<String> present =
        Arrays.stream(names).filter(name -> read(name).written().isPresent()).toList();
    if (present.size() == 1) {
      return Optional.of(present.get(0));
    }
    String found = String.join(", ", present.isEmpty() ? object.keySet() : present);
    problem("must have exactly one of " + String.join(", ", names), found);
    return Optional.empty();
  }

  /** Adds "SECTION needs EXPECTATION, found FOUND (WHERE)" to the problems of the tree. */
  public void mismatch(String expectation, String found) {
    problem("needs " + expectation, found);
  }

  private void problem(String expectation, String found) {
    String where = object.origin().description();
    String shown = Printable.text(name);
    report(shown + " " + expectation + ", found " + Printable.text(found) + " (" + where + ")");
  }

  /** Returns the path of a key from the root of the tree. */
  public String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }
}
