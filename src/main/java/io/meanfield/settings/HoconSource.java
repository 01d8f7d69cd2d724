package io.meanfield.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parses where settings come from: files, {@code --set} assignments and texts. */
final class HoconSource {
  private HoconSource() {}

  /**
   * Parses a class path resource.
   *
   * @param origin its name in messages
   */
  static Config resource(String name, String origin) {
    return ConfigFactory.parseResources(
        HoconSource.class.getClassLoader(), name, options(origin).setAllowMissing(false));
  }

  /**
   * Parses a file and the files that it includes.
   *
   * @throws UserException if one of them is missing or is not HOCON
   */
  static Config file(Path file) {
    if (!Files.isRegularFile(file)) {
      throw wrong("settings file " + file + " does not exist; expected the path of a HOCON file");
    }
    return file(file, new SiblingIncluder(file));
  }

  /** Parses a file that exists. */
  static Config file(Path file, SiblingIncluder includer) {
    try {
      return ConfigFactory.parseFile(
          file.toFile(),
          ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(includer));
    } catch (ConfigException e) {
      throw wrong("settings file is not valid HOCON: " + e.getMessage(), e);
    }
  }

  /**
   * Parses the value of {@code --set}: HOCON or, if it is not valid HOCON, {@code key=value} where
   * the value is a text, such as {@code run.directory=hdfs:///runs}.
   *
   * @throws UserException if it is neither
   */
  static Config assignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw wrong("--set must be key=value, found \"" + assignment + "\"");
    }
    String origin = "--set " + assignment;
    try {
      // The brace is on the same line, so it is missing if // or # begins a comment in the value.
      return parse("{ " + assignment + " }", origin);
    } catch (ConfigException e) {
      return text(assignment.substring(0, equals), assignment.substring(equals + 1), origin);
    }
  }

  private static Config text(String key, String value, String origin) {
    if (value.isBlank()) {
      throw wrong("--set must be key=value, found \"" + key + "=\" without a value");
    }
    try {
      return parse("{ " + key + " = " + ConfigUtil.quoteString(value.strip()) + " }", origin);
    } catch (ConfigException e) {
      throw wrong(origin + " is not valid HOCON: " + e.getMessage(), e);
    }
  }

  /**
   * Parses a text.
   *
   * @param origin where it was found, for messages
   * @throws ConfigException if it is not HOCON
   */
  static Config parse(String text, String origin) {
    return ConfigFactory.parseString(text, options(origin));
  }

  private static ConfigParseOptions options(String origin) {
    return ConfigParseOptions.defaults().setOriginDescription(origin);
  }

  private static UserException wrong(String message) {
    return new UserException(ErrorCode.WRONG_SETTINGS, message);
  }

  private static UserException wrong(String message, Throwable cause) {
    return new UserException(ErrorCode.WRONG_SETTINGS, message, cause);
  }
}
