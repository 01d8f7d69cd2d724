package io.meanfield.registry;

import io.meanfield.settings.Section;

/**
 * The settings of the section {@code registry}.
 *
 * @param directory the directory of registered models, any Hadoop path
 */
public record RegistrySettings(String directory) {
  /** The key of the directory. */
  public static final String DIRECTORY = "registry.directory";

  public static RegistrySettings read(Section registry) {
    return new RegistrySettings(registry.string("directory"));
  }
}
