/**
 * Reads and checks settings: HOCON that people write, with bounds of size and depth, and recorded
 * settings in JSON. All problems are reported at once, each with the expected value, the value
 * found and its place. This package contains no names of keys; each package reads its own settings.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.settings.SettingsTree}.
 */
package io.meanfield.settings;
