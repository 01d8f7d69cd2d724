/**
 * Reads HOCON settings, checks them and complains: every problem at once, each with what was
 * expected, what was found and where. Knows no key by name; each room reads its own.
 *
 * <p>Imports no other room. Start reading at {@link io.meanfield.settings.SettingsTree}; {@link
 * io.meanfield.settings.Complaint} is how every room tells the user that something is wrong.
 */
package io.meanfield.settings;
