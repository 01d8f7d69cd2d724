package io.meanfield.settings;

import com.typesafe.config.ConfigObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys of one section, and which of them its readers have asked for. */
final class SectionKeys {
  private final String name;
  private final ConfigObject object;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * The keys of {@code object}.
   *
   * @param name path of the section, empty for the root
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

  /** Makes keys known that nothing reads. */
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

  /** Returns the paths of the keys that readers know. */
  List<String> known() {
    return known.stream().map(this::path).toList();
  }

  /** Returns what is set and no reader knows, in the order of the keys. */
  List<Setting> unknown() {
    Set<String> unknown = new TreeSet<>(object.keySet());
    unknown.removeAll(known);
    return unknown.stream().map(this::setting).toList();
  }

  private Setting setting(String key) {
    return Setting.in(object, key, path(key));
  }
}
