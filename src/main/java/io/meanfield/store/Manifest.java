package io.meanfield.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run is made of: run.json. It is a Config and no record, because the settings in it have
 * the keys of every package, and are compared value by value under their dotted paths.
 */
public record Manifest(Config json) {
  /**
   * The version of the layout of a run's directory that this code writes and the newest that it
   * reads.
   */
  public static final int SCHEMA_VERSION = 1;

  private static final String VERSION_KEY = "schema_version";

  /** A manifest of this version; nested maps, lists, texts, numbers and booleans. */
  public static Manifest of(Map<String, ?> entries) {
    return new Manifest(
        ConfigValueFactory.fromMap(entries)
            .withValue(VERSION_KEY, ConfigValueFactory.fromAnyRef(SCHEMA_VERSION))
            .toConfig());
  }

  static Manifest parse(String text, String where) {
    try {
      Config json = ConfigFactory.parseString(text);
      int version = json.getInt(VERSION_KEY);
      if (version > SCHEMA_VERSION) {
        throw new UserException(
            ErrorCode.WRONG_ARGUMENTS,
            where
                + " has schema version "
                + version
                + ", this Meanfield knows versions up to "
                + SCHEMA_VERSION
                + "; use a newer Meanfield");
      }
      return new Manifest(json);
    } catch (ConfigException e) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS, where + " is not the manifest of a run: " + e.getMessage(), e);
    }
  }

  /**
   * What differs in {@code other} under the given paths, a line each such as "settings.train.epochs
   * was 30, is 40".
   *
   * @param paths of objects or values that decide what a run is
   */
  public List<String> differences(Manifest other, List<String> paths) {
    SortedMap<String, ConfigValue> mine = entries(paths);
    SortedMap<String, ConfigValue> others = other.entries(paths);
    SortedSet<String> keys = new TreeSet<>(mine.keySet());
    keys.addAll(others.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(mine.get(key), others.get(key)))
        .map(key -> key + " was " + display(mine, key) + ", is " + display(others, key))
        .toList();
  }

  private static String display(SortedMap<String, ConfigValue> entries, String key) {
    return entries.containsKey(key)
        ? entries.get(key).render(ConfigRenderOptions.concise())
        : "unset";
  }

  // Values, not texts: a 5 that is read is the 5.0 that was written.
  private SortedMap<String, ConfigValue> entries(List<String> paths) {
    SortedMap<String, ConfigValue> entries = new TreeMap<>();
    for (String path : paths) {
      if (json.hasPath(path)) {
        json.withOnlyPath(path).entrySet().stream()
            .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
      }
    }
    return entries;
  }

  /** This manifest with one more entry, or another value for it; a value may be a map. */
  public Manifest with(String key, Object value) {
    return new Manifest(json.withValue(key, ConfigValueFactory.fromAnyRef(value)));
  }

  public int integer(String path) {
    return json.getInt(path);
  }

  /** The text at a path such as {@code data.train.fingerprint}. */
  public Optional<String> string(String path) {
    return json.hasPath(path) ? Optional.of(json.getString(path)) : Optional.empty();
  }

  /** Returns the object at a path such as {@code settings.data}; empty if there is none. */
  public Optional<Config> section(String path) {
    return json.hasPath(path) ? Optional.of(json.getConfig(path)) : Optional.empty();
  }

  AtomicFiles.Content content() {
    ConfigRenderOptions options =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false);
    byte[] text = (json.root().render(options) + "\n").getBytes(StandardCharsets.UTF_8);
    return out -> out.write(text);
  }
}
