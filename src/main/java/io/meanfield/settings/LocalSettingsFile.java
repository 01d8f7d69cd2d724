package io.meanfield.settings;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A settings file on the local file system. */
public record LocalSettingsFile(Path path) implements SettingsFile {
  @Override
  public Optional<String> read() {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (InputStream content = Files.newInputStream(path)) {
      return Optional.of(text(content));
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "settings file " + path + " cannot be read: " + e + "; expected a text file in UTF-8",
          e);
    }
  }

  @Override
  public SettingsFile resolve(String included) {
    return new LocalSettingsFile(path.resolveSibling(included).normalize());
  }

  @Override
  public String display() {
    return path.toString();
  }
}
