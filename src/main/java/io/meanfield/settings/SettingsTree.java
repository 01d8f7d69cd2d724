package io.meanfield.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All settings of a command: {@code --set} over {@code --conf} files (the last one wins) over the
 * defaults in conf/defaults.conf. Rooms read their {@link Section}s; then {@link #throwIfInvalid()}
 * reports every problem of every section, and every key that nobody read.
 */
public final class SettingsTree {
  private static final String DEFAULTS = "meanfield/defaults.conf";

  private final Config config;
  private final List<Section> sections = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private final Section root;

  private SettingsTree(Config config) {
    this.config = config;
    this.root = new Section(this, "", config.root());
  }

  /**
   * Parses and merges.
   *
   * @param files HOCON files, later ones win
   * @param assignments {@code key=value} strings, later ones win
   * @throws UserException if a file is missing or is not HOCON, or an assignment is not {@code
   *     key=value}
   */
  public static SettingsTree load(List<Path> files, List<String> assignments) {
    Config merged =
        ConfigFactory.parseResources(
            SettingsTree.class.getClassLoader(),
            DEFAULTS,
            ConfigParseOptions.defaults()
                .setAllowMissing(false)
                .setOriginDescription("conf/defaults.conf"));
    for (Path file : files) {
      merged = parse(file).withFallback(merged);
    }
    for (String assignment : assignments) {
      merged = parse(assignment).withFallback(merged);
    }
    try {
      return new SettingsTree(merged.resolve(ConfigResolveOptions.noSystem()));
    } catch (ConfigException e) {
      throw wrong("settings cannot be resolved: " + e.getMessage(), e);
    }
  }

  /**
   * Settings that Meanfield itself has written, without defaults.
   *
   * @param origin where they stand, for messages
   * @throws UserException if they are not HOCON
   */
  public static SettingsTree parse(String json, String origin) {
    try {
      return new SettingsTree(
          ConfigFactory.parseString(
              json, ConfigParseOptions.defaults().setOriginDescription(origin)));
    } catch (ConfigException e) {
      throw wrong(origin + " is not valid: " + e.getMessage(), e);
    }
  }

  /**
   * A file of its own, without defaults.
   *
   * @throws UserException if it is missing or is not HOCON
   */
  public static SettingsTree loadStandalone(Path file) {
    try {
      return new SettingsTree(parse(file).resolve(ConfigResolveOptions.noSystem()));
    } catch (ConfigException e) {
      throw wrong("settings cannot be resolved: " + e.getMessage(), e);
    }
  }

  private static Config parse(Path file) {
    if (!Files.isRegularFile(file)) {
      throw wrong(
          "settings file " + file + " does not exist; expected the path of a HOCON file", null);
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException e) {
      throw wrong("settings file is not valid HOCON: " + e.getMessage(), e);
    }
  }

  private static Config parse(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw wrong("--set must be key=value, found \"" + assignment + "\"", null);
    }
    try {
      return ConfigFactory.parseString(
          assignment, ConfigParseOptions.defaults().setOriginDescription("--set " + assignment));
    } catch (ConfigException e) {
      throw wrong("--set " + assignment + " is not valid HOCON: " + e.getMessage(), e);
    }
  }

  private static UserException wrong(String message, Throwable cause) {
    return new UserException(ErrorCode.WRONG_SETTINGS, message, cause);
  }

  /** All of it. */
  public Section root() {
    return root;
  }

  public Section section(String key) {
    return root.section(key);
  }

  /**
   * Throws one {@link UserException} with a line for each problem found so far and for each key
   * that no room knows.
   */
  public void throwIfInvalid() {
    List<String> all = new ArrayList<>(problems);
    all.addAll(new UnknownKeys(sections).messages());
    if (!all.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", all));
    }
  }

  /** Returns the settings as they were merged, for the manifest of a run. */
  public Config config() {
    return config;
  }

  void register(Section section) {
    sections.add(section);
  }

  void problem(String sentence) {
    problems.add(sentence);
  }
}
