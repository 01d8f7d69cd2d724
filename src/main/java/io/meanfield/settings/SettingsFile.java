package io.meanfield.settings;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A settings file in HOCON, on any file system. */
public interface SettingsFile {
  /** The largest size of a file in bytes. */
  int MAX_BYTES = 1 << 20;

  /**
   * Reads the file.
   *
   * @return the text; empty if there is no such file
   * @throws io.meanfield.error.UserException if it cannot be read
   */
  Optional<String> read();

  /**
   * Reads the text of a file.
   *
   * @param content the file, which this method does not close
   * @throws io.meanfield.error.UserException if the file is too large, or is not in UTF-8
   * @throws IOException if it cannot be read
   */
  default String text(InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "settings file %s must have at most %s bytes, found more",
          display(),
          MAX_BYTES);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_SETTINGS,
          "settings file %s must be text in UTF-8, found other bytes",
          display());
    }
  }

  /**
   * Returns the file that this file names in an {@code include}.
   *
   * @throws io.meanfield.error.UserException if a file of its kind cannot include this one
   */
  SettingsFile resolve(String path);

  /** Returns the exception for text in an include that is no path of a file. */
  default UserException noPath(String included, IllegalArgumentException cause) {
    return UserException.causedBy(
        cause,
        ErrorCode.WRONG_SETTINGS,
        "settings file %s includes %s; expected a path relative to the including file",
        display(),
        Printable.quoted(included));
  }

  /** Returns the location of the file, for messages. */
  String display();
}
