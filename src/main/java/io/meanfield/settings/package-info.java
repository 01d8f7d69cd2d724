/**
 * Reads HOCON settings and checks them. Reports every problem at once, each with the expected
 * value, the value found and its place. Knows no key by name; each package reads its own settings.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.settings.SettingsTree}.
 */
package io.meanfield.settings;
