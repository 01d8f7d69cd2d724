package io.meanfield.settings;

import java.util.Optional;

/** A settings file in HOCON, on any file system. */
public interface SettingsFile {
  /**
   * Reads the file.
   *
   * @return the text; empty if there is no such file
   * @throws io.meanfield.error.UserException if it cannot be read
   */
  Optional<String> read();

  /** Returns the file that this file names in an {@code include}. */
  SettingsFile resolve(String path);

  /** Returns the location of the file, for messages. */
  String display();
}
