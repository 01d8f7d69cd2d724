package io.meanfield.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.json.InvalidJsonException;
import io.meanfield.json.SchemaVersion;
import io.meanfield.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The description of a run, kept in run.json, or of a registered version of a model. It is a Config
 * instead of a record, because its settings contain the keys of every package and are compared
 * value by value by their dotted paths.
 */
public record Manifest(Config json) {
  /**
   * The version of the layout of the directories of runs and registered models that this code
   * writes, and the newest that it reads.
   */
  public static final int SCHEMA_VERSION = 1;

  /** The largest manifest that is written or read, in bytes. */
  public static final int MAX_BYTES = StrictJson.MAX_BYTES;

  private static final String VERSION_KEY = "schema_version";

  /** Returns a manifest of this version, from nested maps, lists, strings, numbers and booleans. */
  public static Manifest of(Map<String, ?> entries) {
    return new Manifest(
        ConfigValueFactory.fromMap(entries)
            .withValue(VERSION_KEY, ConfigValueFactory.fromAnyRef(SCHEMA_VERSION))
            .toConfig());
  }

  /**
   * Returns the manifest that a file contains.
   *
   * @param where the location of the file, for messages
   * @throws UserException if the file is no manifest, or if it is of a newer version
   */
  public static Manifest parse(byte[] json, String where) {
    Manifest manifest = read(json, where);
    SchemaVersion.require(
        manifest.integer(VERSION_KEY), SCHEMA_VERSION, where, ErrorCode.WRONG_ARGUMENTS);
    return manifest;
  }

  private static Manifest read(byte[] json, String where) {
    try {
      return new Manifest(StrictJson.config(json, where));
    } catch (InvalidJsonException e) {
      throw StoreDirectory.damaged(where, e);
    }
  }

  /**
   * Returns a line such as "settings.train.epochs was 30, is 40" for each difference of {@code
   * other} under the given paths.
   *
   * @param paths the paths of the objects or values that must be equal to continue a run
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

  // Compares values, not strings: a 5 that is read equals the 5.0 that was written.
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

  /** Returns this manifest with an entry added or replaced; the value may be a map. */
  public Manifest with(String key, Object value) {
    return new Manifest(json.withValue(key, ConfigValueFactory.fromAnyRef(value)));
  }

  public int integer(String path) {
    return value("a whole number", path, config -> config.getInt(path));
  }

  /** Returns the string at a path such as {@code data.train.fingerprint}; empty if it is absent. */
  public Optional<String> string(String path) {
    return json.hasPath(path)
        ? Optional.of(value("a string", path, config -> config.getString(path)))
        : Optional.empty();
  }

  /** Returns the object at a path such as {@code settings.data}; empty if it is absent. */
  public Optional<Config> section(String path) {
    return json.hasPath(path)
        ? Optional.of(value("an object { … }", path, config -> config.getConfig(path)))
        : Optional.empty();
  }

  /**
   * Returns what a reader makes of the object at a path; empty if it is absent.
   *
   * @throws UserException if the object lacks what the reader asks for
   */
  public <T> Optional<T> read(String path, Function<Config, T> reader) {
    try {
      return section(path).map(reader);
    } catch (ConfigException | DateTimeException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          path
              + " must have the values that Meanfield writes there, found others ("
              + json.getValue(path).origin().description()
              + "); restore the file from a backup",
          e);
    }
  }

  /**
   * Returns the string at a path.
   *
   * @throws UserException if it is absent
   */
  public String required(String path) {
    return value("a string", path, config -> config.getString(path));
  }

  private <T> T value(String expectation, String path, Function<Config, T> reading) {
    try {
      return reading.apply(json);
    } catch (ConfigException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          path
              + " must be "
              + expectation
              + ", found "
              + found(path)
              + "; restore the file from a backup",
          e);
    }
  }

  private String found(String path) {
    if (!json.hasPath(path)) {
      return "nothing (" + json.origin().description() + ")";
    }
    ConfigValue value = json.getValue(path);
    String shown = Printable.text(value.render(ConfigRenderOptions.concise()));
    return shown + " (" + value.origin().description() + ")";
  }

  /**
   * Returns this manifest as the content of a file.
   *
   * @throws UserException if it is larger than a manifest that is read
   */
  public FileContent content() {
    byte[] bytes = bytes();
    return out -> out.write(bytes);
  }

  /**
   * Returns this manifest as the bytes of a file.
   *
   * @throws UserException if it is larger than a manifest that is read
   */
  public byte[] bytes() {
    return bytes(MAX_BYTES);
  }

  byte[] bytes(int most) {
    byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > most) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "the manifest of a run or version must have at most "
              + most
              + " bytes, found "
              + bytes.length
              + "; maybe it lists too many input files, so train on fewer, larger files");
    }
    return bytes;
  }

  /** Returns this manifest as JSON, in lines. */
  public String text() {
    ConfigRenderOptions options =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false);
    return json.root().render(options) + "\n";
  }
}
