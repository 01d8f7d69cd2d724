package io.meanfield.settings;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A settings file on the local file system. */
public record LocalSettingsFile(Path path) implements SettingsFile {
  @Override
  public Optional<String> read() {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(path)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "settings file %s must be a file, found a directory, a pipe or a device",
          path);
    }
    try (InputStream content = Files.newInputStream(path)) {
      return Optional.of(text(content));
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_SETTINGS,
          "settings file %s cannot be read: %s; expected a file that the user of this process may"
              + " read",
          path,
          IoReason.of(e));
    }
  }

  @Override
  public SettingsFile resolve(String included) {
    try {
      return new LocalSettingsFile(path.resolveSibling(included).normalize());
    } catch (InvalidPathException e) {
      throw noPath(included, e);
    }
  }

  @Override
  public String display() {
    return path.toString();
  }
}
