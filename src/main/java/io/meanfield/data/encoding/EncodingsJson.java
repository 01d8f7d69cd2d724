package io.meanfield.data.encoding;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.json.SchemaVersion;
import java.io.IOException;

/** An encoder as JSON, the content of {@code encodings.json}. */
public final class EncodingsJson {
  static final int VERSION = 1;

  private EncodingsJson() {}

  /** The content of the file. */
  record Content(int schemaVersion, TableEncoder encoder) {}

  /**
   * Returns the encoder that the content of a file describes.
   *
   * @param where the location of the file, for messages
   * @throws UserException if it describes none
   */
  public static TableEncoder parse(byte[] json, String where) {
    try {
      SchemaVersion.require(json, VERSION, where, ErrorCode.MODEL_UNUSABLE);
      return Json.parse(json, Content.class).encoder();
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.MODEL_UNREADABLE,
          "%s does not contain encodings: %s; restore the file that the training run wrote",
          where,
          e.getMessage());
    }
  }
}
