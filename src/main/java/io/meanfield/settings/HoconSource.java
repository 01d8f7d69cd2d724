package io.meanfield.settings;

import com.google.errorprone.annotations.FormatMethod;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Parses settings from files, {@code --set} assignments and strings. */
public final class HoconSource {
  private static final int SHOWN = 200;
  private static final Pattern DATA =
      Pattern.compile("(?i).*\\.(csv|tsv|txt|parquet|xlsx?|gz|zip|npz)");
  private static final Pattern KEY = Pattern.compile("(?s)\\s*([^\\s=:{+]*).*");

  // A Config never changes.
  private static final Map<String, Config> RESOURCES = new ConcurrentHashMap<>();

  private HoconSource() {}

  /**
   * Loads and merges files and assignments, without the defaults.
   *
   * @param files HOCON files; a later file overrides an earlier one
   * @param assignments {@code key=value} strings; a later one overrides an earlier one
   * @throws UserException if a file is missing or is not HOCON, or if an assignment is not {@code
   *     key=value}
   */
  public static Config merge(List<SettingsFile> files, List<String> assignments) {
    Config merged = ConfigFactory.empty();
    for (SettingsFile file : files) {
      merged = file(file).withFallback(merged);
    }
    for (String assignment : assignments) {
      merged = assignment(assignment).withFallback(merged);
    }
    return merged;
  }

  /**
   * Parses a class path resource, once.
   *
   * @param origin the name of the resource in messages
   */
  static Config resource(String name, String origin) {
    return RESOURCES.computeIfAbsent(
        name,
        resource ->
            ConfigFactory.parseResources(
                HoconSource.class.getClassLoader(),
                resource,
                options(origin).setAllowMissing(false)));
  }

  /**
   * Parses a file and the files that it includes.
   *
   * @throws UserException if one of the files is missing or is not HOCON
   */
  public static Config file(SettingsFile file) {
    return file.read()
        .map(text -> file(file, text, SiblingIncluder.of(file)))
        .orElseThrow(
            () ->
                invalid(
                    "settings file %s does not exist; expected the path of a HOCON file",
                    file.display()));
  }

  /**
   * Parses JSON, in which nothing is included or substituted.
   *
   * @param origin the location of the text, for messages
   * @param code the error code if the text is not JSON
   */
  static Config json(byte[] json, String origin, ErrorCode code) {
    try {
      return parsed(
          new String(json, StandardCharsets.UTF_8), options(origin).setSyntax(ConfigSyntax.JSON));
    } catch (ConfigException e) {
      throw UserException.causedBy(
          e, code, "%s is damaged: it is not JSON; restore the file from a backup", origin);
    }
  }

  /** Parses the text of a file. */
  static Config file(SettingsFile file, String text, SiblingIncluder includer) {
    try {
      return parsed(text, options(file.display()).setIncluder(includer));
    } catch (ConfigException e) {
      throw DATA.matcher(file.display()).matches()
          ? invalid(
              e,
              "%s is no file of settings; for a table, init --label COLUMN %s writes one",
              file.display(),
              file.display())
          : invalid(e, "settings file is not valid HOCON: %s", e.getMessage());
    }
  }

  /**
   * Parses the argument of {@code --set}. An argument that is not valid HOCON is parsed as {@code
   * key=value}, where the value is a string, such as {@code run.directory=hdfs:///runs}.
   *
   * @throws UserException if the argument is neither HOCON nor {@code key=value}
   */
  static Config assignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw invalid(
          "--set must be key=value, found %s without \"=\"", Printable.quoted(key(assignment)));
    }
    String origin = "--set " + Printable.text(key(assignment), SHOWN);
    try {
      // The brace is on the same line, so that // or # in the value, which begins a comment, hides
      // the brace and makes the text invalid HOCON.
      return parse("{ " + assignment + " }", origin);
    } catch (ConfigException e) {
      return stringAssignment(
          assignment.substring(0, equals), assignment.substring(equals + 1), origin);
    }
  }

  // The value may be a secret; a message shows it where it is at fault.
  private static String key(String assignment) {
    return KEY.matcher(assignment).replaceFirst("$1");
  }

  private static Config stringAssignment(String key, String value, String origin) {
    if (value.isBlank()) {
      throw invalid("--set must be key=value, found \"%s=\" without a value", key);
    }
    try {
      return parse("{ " + key + " = " + ConfigUtil.quoteString(value.strip()) + " }", origin);
    } catch (ConfigException e) {
      throw invalid(e, "%s is not valid HOCON: %s", origin, e.getMessage());
    }
  }

  /** Parses HOCON text, which includes nothing. */
  private static Config parse(String text, String origin) {
    SettingsFile source = new SettingsText(text, origin);
    return parsed(text, options(origin).setIncluder(SiblingIncluder.of(source)));
  }

  // The parser calls itself once for each level.
  private static Config parsed(String text, ConfigParseOptions options) {
    try {
      return ConfigFactory.parseString(text, options);
    } catch (StackOverflowError e) {
      throw new ConfigException.Parse(
          ConfigOriginFactory.newSimple(options.getOriginDescription()),
          "nested too deeply; expected a few levels of sections, lists and keys with dots",
          e);
    }
  }

  private static ConfigParseOptions options(String origin) {
    return ConfigParseOptions.defaults().setOriginDescription(origin);
  }

  @FormatMethod
  private static UserException invalid(String format, Object... arguments) {
    return UserException.of(ErrorCode.WRONG_SETTINGS, format, arguments);
  }

  @FormatMethod
  private static UserException invalid(Throwable cause, String format, Object... arguments) {
    return UserException.causedBy(cause, ErrorCode.WRONG_SETTINGS, format, arguments);
  }
}
