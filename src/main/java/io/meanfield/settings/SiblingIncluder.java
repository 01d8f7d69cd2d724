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
 * Resolves the paths of included files relative to the including file. Replaces the includer of
 * HOCON, which ignores missing files.
 */
final class SiblingIncluder implements ConfigIncluder, ConfigIncluderFile {
  private final Path including;
  private final Set<Path> chain;

  /** Resolves the includes of {@code including}, a file that no other file includes. */
  SiblingIncluder(Path including) {
    this(including, Set.of(normalized(including)));
  }

  private SiblingIncluder(Path including, Set<Path> chain) {
    this.including = including;
    this.chain = chain;
  }

  private static Path normalized(Path file) {
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
      throw invalid(
          path, "but " + file + " does not exist; expected a path relative to the including file");
    }
    if (chain.contains(normalized(file))) {
      throw invalid(
          path, "which includes it in turn; expected files that do not include each other");
    }
    Set<Path> longer = new HashSet<>(chain);
    longer.add(normalized(file));
    return HoconSource.file(file, new SiblingIncluder(file, longer)).root();
  }

  private UserException invalid(String path, String problem) {
    return new UserException(
        ErrorCode.WRONG_SETTINGS,
        "settings file " + including + " includes \"" + path + "\", " + problem);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File file) {
    return include(context, file.getPath());
  }
}
