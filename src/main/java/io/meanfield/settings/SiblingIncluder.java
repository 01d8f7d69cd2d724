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

/**
 * Includes files by their path relative to the file that includes them. HOCON's own includer drops
 * files that are missing.
 */
final class SiblingIncluder implements ConfigIncluder, ConfigIncluderFile {
  private final Path including;

  SiblingIncluder(Path including) {
    this.including = including;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String path) {
    Path file = including.resolveSibling(path);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "settings file "
              + including
              + " includes \""
              + path
              + "\", but "
              + file
              + " does not exist; expected a path relative to the including file");
    }
    return HoconSource.file(file).root();
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File file) {
    return include(context, file.getPath());
  }
}
