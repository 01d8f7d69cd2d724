package io.meanfield.engine.dl4j;

import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An object of configuration.json. Remembers which fields were read, so that {@link #other} finds
 * those that Meanfield does not know. Every method throws a UserException that names the file and
 * the field.
 */
final class ConfigurationObject {
  /** The field with the name of an object's Java class. */
  private static final String CLASS = "@class";

  private static final Pattern PACKAGE = Pattern.compile("(?:[a-z]\\w*\\.)+(?=\\w)");

  private final String file;
  private final String path;
  private final Map<String, Object> fields;
  private final Set<String> known = new HashSet<>(Set.of(CLASS));

  /**
   * Creates an object.
   *
   * @param path the path of the object in the file, with a dot at its end unless it is empty
   */
  ConfigurationObject(String file, String path, Map<String, Object> fields) {
    this.file = file;
    this.path = path;
    this.fields = fields;
  }

  /**
   * Returns the simple name of the object's class; for a class of another package "class" and its
   * simple name.
   */
  String type(String itsPackage) {
    String type = text(CLASS);
    String simple = type.substring(type.lastIndexOf('.') + 1);
    return type.equals(itsPackage + "." + simple) ? simple : "class " + simple;
  }

  /** Returns whether a field exists and is not null. */
  boolean has(String key) {
    return value(key).isPresent();
  }

  String text(String key) {
    return value(key)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElseThrow(() -> wrong(key, "a text"));
  }

  /** Returns a text in quotation marks, for messages. */
  String quoted(String key) {
    return Printable.quoted(withoutPackage(text(key)));
  }

  boolean flag(String key) {
    return value(key)
        .filter(Boolean.class::isInstance)
        .map(Boolean.class::cast)
        .orElseThrow(() -> wrong(key, "true or false"));
  }

  double number(String key) {
    return value(key)
        .filter(Double.class::isInstance)
        .map(Double.class::cast)
        .filter(Double::isFinite)
        .orElseThrow(() -> wrong(key, "a finite number"));
  }

  /** Returns a whole number of at least {@code min}. */
  int integer(String key, int min) {
    return value(key)
        .filter(Double.class::isInstance)
        .map(Double.class::cast)
        .filter(number -> number >= min && number <= Integer.MAX_VALUE)
        .filter(number -> number == Math.rint(number))
        .map(Double::intValue)
        .orElseThrow(() -> wrong(key, "a whole number from " + min + " to " + Integer.MAX_VALUE));
  }

  ConfigurationObject object(String key) {
    return child(key, value(key).orElse(""), path + key);
  }

  /** Returns the objects of an array with at least one. */
  List<ConfigurationObject> objects(String key) {
    if (!(value(key).orElse("") instanceof List<?> list) || list.isEmpty()) {
      throw wrong(key, "a list of objects");
    }
    List<ConfigurationObject> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(child(key, list.get(i), path + key + "[" + i + "]"));
    }
    return objects;
  }

  private ConfigurationObject child(String key, Object value, String childPath) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(key, "an object");
    }
    @SuppressWarnings("unchecked") // the keys of JSON are strings
    Map<String, Object> children = (Map<String, Object>) map;
    return new ConfigurationObject(file, childPath + ".", children);
  }

  private Optional<Object> value(String key) {
    known.add(key);
    return Optional.ofNullable(fields.get(key)).filter(value -> !(value instanceof Optional<?>));
  }

  /** Marks fields that do not change the network's outputs. */
  ConfigurationObject ignore(Set<String> keys) {
    known.addAll(keys);
    return this;
  }

  /** Returns the first field, with its value, that is not null and was neither read nor ignored. */
  Optional<String> other() {
    return fields.keySet().stream()
        .filter(key -> !known.contains(key))
        .filter(key -> !(fields.get(key) instanceof Optional<?>))
        .findFirst()
        .map(key -> path + Printable.text(withoutPackage(key)) + " " + display(fields.get(key)));
  }

  private UserException wrong(String key, String expected) {
    return UnusableModel.unreadable(
        file
            + ": expected "
            + expected
            + " as "
            + path
            + key
            + ", found "
            + display(fields.getOrDefault(key, Optional.empty()))
            + "; save the model again with DL4J's ModelSerializer",
        null);
  }

  private static String display(Object value) {
    if (value instanceof Optional<?>) {
      return "nothing";
    }
    if (value instanceof Map<?, ?>) {
      return "an object";
    }
    if (value instanceof List<?> list) {
      return "a list of " + list.size() + " values";
    }
    return value instanceof String text ? Printable.quoted(withoutPackage(text)) : value.toString();
  }

  // A text may be the name of a Java class, whose package tells a user nothing.
  private static String withoutPackage(String text) {
    return PACKAGE.matcher(text).replaceAll("");
  }
}
