package io.meanfield.settings;

/**
 * Sections that a package reads, although the reader of all settings does not know it. Each is
 * listed in {@code META-INF/services}, so that every command checks them.
 */
public interface SettingsPart {
  /** Reads the sections; each invalid value becomes a problem of the settings. */
  Record read(SettingsTree tree);
}
