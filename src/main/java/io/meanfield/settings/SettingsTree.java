package io.meanfield.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Redaction;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All settings of a command. An assignment of {@code --set} overrides the {@code --conf} files, a
 * later file overrides an earlier one, and all override the defaults in conf/defaults.conf.
 * Packages read their {@link Section}s; then {@link #throwIfInvalid()} reports every problem of
 * every section, and every key that no package reads.
 */
public final class SettingsTree {
  private static final String DEFAULTS = "meanfield/defaults.conf";
  private static final String OPTIONS = "options";

  private final Config config;
  private final ErrorCode code;
  private final Problems problems = new Problems();
  private final Section root;

  private SettingsTree(Config config, ErrorCode code) {
    this.config = config;
    this.code = code;
    this.root = new Section(problems, "", config.root());
    secrets(config.root()).forEach(problems::add);
  }

  /**
   * Loads and merges defaults, files and assignments.
   *
   * @param files HOCON files; a later file overrides an earlier one
   * @param assignments {@code key=value} strings; a later one overrides an earlier one; a value
   *     that is not HOCON is a string
   * @throws UserException if a file is missing or is not HOCON, or if an assignment is not {@code
   *     key=value}
   */
  public static SettingsTree load(List<SettingsFile> files, List<String> assignments) {
    return overDefaults(HoconSource.merge(files, assignments));
  }

  /** Returns the tree of these settings and the defaults of all other keys. */
  public static SettingsTree overDefaults(Config settings) {
    return resolved(settings.withFallback(HoconSource.resource(DEFAULTS, "conf/defaults.conf")));
  }

  /**
   * Parses settings in JSON that Meanfield itself has written, without defaults.
   *
   * @param origin the location of the settings, for messages
   * @param code the error code of every problem with them
   * @throws UserException if {@code json} is not JSON
   */
  public static SettingsTree parse(byte[] json, String origin, ErrorCode code) {
    return new SettingsTree(HoconSource.json(json, origin, code), code);
  }

  /**
   * Loads a file without defaults.
   *
   * @throws UserException if the file is missing or is not HOCON
   */
  public static SettingsTree loadStandalone(SettingsFile file) {
    return resolved(HoconSource.file(file));
  }

  /**
   * Returns whether settings without defaults set a key, perhaps by a substitution.
   *
   * @throws UserException if their substitutions cannot be made
   */
  public static boolean sets(Config settings, String key) {
    return resolved(settings, ConfigResolveOptions.noSystem().setAllowUnresolved(true))
        .hasPath(key);
  }

  private static SettingsTree resolved(Config config) {
    try {
      return new SettingsTree(
          resolved(config, ConfigResolveOptions.noSystem()), ErrorCode.WRONG_SETTINGS);
    } catch (StackOverflowError e) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "the settings are nested too deeply after their substitutions ${…}; expected fewer"
              + " levels",
          e);
    }
  }

  private static Config resolved(Config config, ConfigResolveOptions options) {
    try {
      return config.resolve(options);
    } catch (ConfigException e) {
      throw UserException.causedBy(
          e, ErrorCode.WRONG_SETTINGS, "settings cannot be resolved: %s", e.getMessage());
    }
  }

  /** Returns the section that contains all others. */
  public Section root() {
    return root;
  }

  public Section section(String key) {
    return root.section(key);
  }

  /**
   * Throws one {@link UserException} with a line for each problem found so far and for each key
   * that no package reads.
   */
  public void throwIfInvalid() {
    List<String> lines = problems.lines();
    if (!lines.isEmpty()) {
      throw new UserException(code, String.join("\n", lines));
    }
  }

  /** Returns the merged settings, for the manifest of a run. */
  public Config config() {
    return config;
  }

  /**
   * Returns a message for each text that is a location with a user, a password or parameters, in
   * the order of the keys. They are refused, because run.json records all settings but the options
   * of data sources.
   */
  private static Stream<String> secrets(ConfigObject settings) {
    return settings.keySet().stream()
        .sorted()
        .flatMap(key -> in(Setting.in(settings, key, key)))
        .map(
            setting ->
                setting.expected(
                    "a location without user, password and parameters (docs/clusters.md#secrets"
                        + " tells where to keep them)",
                    "some of them"));
  }

  private static Stream<Setting> in(Setting setting) {
    return setting.written().stream().flatMap(value -> in(setting, value));
  }

  private static Stream<Setting> in(Setting setting, ConfigValue value) {
    String path = setting.path();
    if (value instanceof ConfigObject object) {
      return object.keySet().stream()
          .filter(key -> !key.equals(OPTIONS))
          .sorted()
          .flatMap(key -> in(Setting.in(object, key, path + "." + key)));
    }
    if (value instanceof ConfigList list) {
      return IntStream.range(0, list.size())
          .boxed()
          .flatMap(i -> in(element(path + "[" + i + "]", list.get(i))));
    }
    return Stream.of(setting)
        .filter(text -> text.asString().filter(Redaction::isNeededFor).isPresent());
  }

  private static Setting element(String path, ConfigValue value) {
    return new Setting(path, Optional.of(value), value.origin());
  }
}
