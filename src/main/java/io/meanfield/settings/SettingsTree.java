package io.meanfield.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.nio.file.Path;
import java.util.List;

/**
 * All settings of a command: {@code --set} over {@code --conf} files (the last one wins) over the
 * defaults in conf/defaults.conf. Packages read their {@link Section}s; then {@link
 * #throwIfInvalid()} reports every problem of every section, and every key that no package reads.
 */
public final class SettingsTree {
  private static final String DEFAULTS = "meanfield/defaults.conf";

  private final Config config;
  private final Problems problems = new Problems();
  private final Section root;

  private SettingsTree(Config config) {
    this.config = config;
    this.root = new Section(problems, new SectionKeys("", config.root()));
  }

  /**
   * Parses and merges.
   *
   * @param files HOCON files, later ones win
   * @param assignments {@code key=value} strings, later ones win; a value that is not HOCON is a
   *     text
   * @throws UserException if a file is missing or is not HOCON, or an assignment is not {@code
   *     key=value}
   */
  public static SettingsTree load(List<Path> files, List<String> assignments) {
    return overDefaults(merge(files, assignments));
  }

  /**
   * Parses and merges without the defaults.
   *
   * @param files HOCON files, later ones win
   * @param assignments {@code key=value} strings, later ones win
   * @throws UserException as {@link #load} does
   */
  public static Config merge(List<Path> files, List<String> assignments) {
    Config merged = ConfigFactory.empty();
    for (Path file : files) {
      merged = HoconSource.file(file).withFallback(merged);
    }
    for (String assignment : assignments) {
      merged = HoconSource.assignment(assignment).withFallback(merged);
    }
    return merged;
  }

  /** Returns the tree of these settings over the defaults. */
  public static SettingsTree overDefaults(Config settings) {
    return resolved(settings.withFallback(HoconSource.resource(DEFAULTS, "conf/defaults.conf")));
  }

  /**
   * Settings that Meanfield itself has written, without defaults.
   *
   * @param origin where they were found, for messages
   * @throws UserException if they are not HOCON
   */
  public static SettingsTree parse(String json, String origin) {
    try {
      return new SettingsTree(HoconSource.parse(json, origin));
    } catch (ConfigException e) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS, origin + " is not valid: " + e.getMessage(), e);
    }
  }

  /**
   * Loads a file without defaults.
   *
   * @throws UserException if it is missing or is not HOCON
   */
  public static SettingsTree loadStandalone(Path file) {
    return resolved(HoconSource.file(file));
  }

  private static SettingsTree resolved(Config config) {
    try {
      return new SettingsTree(config.resolve(ConfigResolveOptions.noSystem()));
    } catch (ConfigException e) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS, "settings cannot be resolved: " + e.getMessage(), e);
    }
  }

  /** The whole tree. */
  public Section root() {
    return root;
  }

  public Section section(String key) {
    return root.section(key);
  }

  /**
   * Throws one {@link UserException} with a line for each problem found so far and for each key
   * that no package knows.
   */
  public void throwIfInvalid() {
    List<String> all = problems.all();
    if (!all.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", all));
    }
  }

  /** Returns the settings as they were merged, for the manifest of a run. */
  public Config config() {
    return config;
  }
}
