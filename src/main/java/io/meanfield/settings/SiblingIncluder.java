package io.meanfield.settings;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Includes files by their path relative to the file that includes them. HOCON's own includer drops
 * files that are missing.
 */
final class SiblingIncluder implements ConfigIncluder, ConfigIncluderFile {
  private final Path including;
  private final Set<Path> chain;

  /** Includes into {@code including}, a file that no other includes. */
  SiblingIncluder(Path including) {
    this(including, Set.of(unique(including)));
  }

  private SiblingIncluder(Path including, Set<Path> chain) {
    this.including = including;
    this.chain = chain;
  }

  private static Path unique(Path file) {
    return file.toAbsolutePath().normalize();
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String path) {
    Path file = including.resolveSibling(path);
    if (!Files.isRegularFile(file)) {
      throw wrong(
          path, "but " + file + " does not exist; expected a path relative to the including file");
    }
    if (chain.contains(unique(file))) {
      throw wrong(path, "which includes it in turn; expected files that do not include each other");
    }
    Set<Path> longer = new HashSet<>(chain);
    longer.add(unique(file));
    return HoconSource.file(file, new SiblingIncluder(file, longer)).root();
  }

  private UserException wrong(String path, String problem) {
    return new UserException(
        ErrorCode.WRONG_SETTINGS,
        "settings file " + including + " includes \"" + path + "\", " + problem);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File file) {
    return include(context, file.getPath());
  }
}
