/**
 * Reads and checks HOCON settings. All problems are reported at once, each with the expected value,
 * the value found and its place. This package contains no names of keys; each package reads its own
 * settings.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.settings.SettingsTree}.
 */
package io.meanfield.settings;
