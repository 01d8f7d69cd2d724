package io.meanfield.settings;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.File;
import java.net.URL;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Resolves the paths of included files relative to the including file. Replaces the includer of
 * HOCON, which ignores missing files.
 */
final class SiblingIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_INCLUDES = 100;

  private final SettingsFile including;
  private final Set<SettingsFile> chain;
  private final Total total;
  private final int levels; // around the deepest include, in all files of the chain together

  /** What a file that no other file includes and the files that it includes have together. */
  private record Total(AtomicInteger includes, AtomicInteger characters) {}

  private SiblingIncluder(
      SettingsFile including, Set<SettingsFile> chain, Total total, int levels) {
    this.including = including;
    this.chain = chain;
    this.total = total;
    this.levels = levels;
  }

  /**
   * Checks the bounds of a file that no other file includes, and resolves its includes.
   *
   * @param origin the location of the text, for messages
   * @throws UserException if the text exceeds a bound
   */
  static SiblingIncluder of(SettingsFile file, String text, String origin) {
    int levels = HoconBounds.require(text, origin, 0);
    Total total = new Total(new AtomicInteger(), new AtomicInteger(text.length()));
    return new SiblingIncluder(file, Set.of(file), total, levels);
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String path) {
    SettingsFile file = including.resolve(path);
    if (chain.contains(file)) {
      throw invalid(
          path, "which includes it in turn; expected files that do not include each other");
    }
    requireFew(path);
    String text =
        file.read()
            .orElseThrow(
                () ->
                    invalid(
                        path,
                        "but "
                            + file.display()
                            + " does not exist; expected a path relative to the including file"));
    return HoconSource.file(file, text, included(file, text, path)).root();
  }

  // The parser calls itself for the levels of all files of the chain, and holds all texts.
  private SiblingIncluder included(SettingsFile file, String text, String path) {
    if (total.characters().addAndGet(text.length()) > HoconBounds.MAX_CHARACTERS) {
      throw invalid(
          path,
          "expected at most " + HoconBounds.MAX_CHARACTERS + " characters in all files together");
    }
    int inner = HoconBounds.require(text, "settings file " + file.display(), levels);
    Set<SettingsFile> longer = new HashSet<>(chain);
    longer.add(file);
    return new SiblingIncluder(file, longer, total, inner);
  }

  // Without a limit, ten files that each include the next one ten times are read 10^10 times.
  private void requireFew(String path) {
    if (chain.size() > MAX_DEPTH) {
      throw invalid(path, "expected at most " + MAX_DEPTH + " files that include one another");
    }
    if (total.includes().incrementAndGet() > MAX_INCLUDES) {
      throw invalid(path, "expected at most " + MAX_INCLUDES + " includes in all files together");
    }
  }

  private UserException invalid(String path, String problem) {
    return new UserException(
        ErrorCode.WRONG_SETTINGS,
        "settings file " + including.display() + " includes \"" + path + "\", " + problem);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File file) {
    return include(context, file.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
    throw refused("the URL " + url);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String resource) {
    throw refused("\"" + resource + "\" of the class path");
  }

  private UserException refused(String included) {
    return new UserException(
        ErrorCode.WRONG_SETTINGS,
        including.display() + " includes " + included + "; expected the path of a file");
  }
}
