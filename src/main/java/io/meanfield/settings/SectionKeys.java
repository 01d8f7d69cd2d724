package io.meanfield.settings;

import com.typesafe.config.ConfigObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys of one section. Records which keys are known because readers read or allow them. */
final class SectionKeys {
  private final String name;
  private final ConfigObject object;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * Starts without known keys.
   *
   * @param name the path of the section; empty for the root
   */
  SectionKeys(String name, ConfigObject object) {
    this.name = name;
    this.object = object;
  }

  /** Reads a key, which makes it known. */
  Setting read(String key) {
    known.add(key);
    return setting(key);
  }

  /** Makes keys known that no reader reads. */
  void allow(Collection<String> keys) {
    known.addAll(keys);
  }

  String name() {
    return name;
  }

  ConfigObject object() {
    return object;
  }

  String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  /** Returns the paths of the known keys. */
  List<String> known() {
    return known.stream().map(this::path).toList();
  }

  /** Returns the settings with unknown keys, in the order of the keys. */
  List<Setting> unknown() {
    Set<String> unknown = new TreeSet<>(object.keySet());
    unknown.removeAll(known);
    return unknown.stream().map(this::setting).toList();
  }

  private Setting setting(String key) {
    return Setting.in(object, key, path(key));
  }
}
