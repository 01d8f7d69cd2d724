package io.meanfield.settings;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Optional;

/**
 * Settings that were handed over as text, without a file.
 *
 * @param display the origin of the text, for messages
 */
public record SettingsText(String text, String display) implements SettingsFile {
  @Override
  public Optional<String> read() {
    return Optional.of(text);
  }

  @Override
  public SettingsFile resolve(String path) {
    throw UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "%s includes \"%s\"; expected settings without includes",
        display,
        path);
  }
}
