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

/**
 * Resolves the paths of included files relative to the including file. Replaces the includer of
 * HOCON, which ignores missing files.
 */
final class SiblingIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final SettingsFile including;
  private final Set<SettingsFile> chain;

  private SiblingIncluder(SettingsFile including, Set<SettingsFile> chain) {
    this.including = including;
    this.chain = chain;
  }

  /** Resolves the includes of a file that no other file includes. */
  static SiblingIncluder of(SettingsFile file) {
    return new SiblingIncluder(file, Set.of(file));
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
    String text =
        file.read()
            .orElseThrow(
                () ->
                    invalid(
                        path,
                        "but %s does not exist; expected a path relative to the including file"
                            .formatted(file.display())));
    Set<SettingsFile> longer = new HashSet<>(chain);
    longer.add(file);
    return HoconSource.file(file, text, new SiblingIncluder(file, longer)).root();
  }

  private UserException invalid(String path, String problem) {
    return UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "settings file %s includes \"%s\", %s",
        including.display(),
        path,
        problem);
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
    return UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "%s includes %s; expected the path of a file",
        including.display(),
        included);
  }
}
