package io.meanfield.json;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.util.Optional;

/** The schema version of a JSON file; files of newer versions are rejected. */
public record SchemaVersion(Optional<Integer> schemaVersion) {
  /**
   * Throws unless this code can read the version of a file.
   *
   * @param newest the newest version that this code reads
   * @param where the location of the file, for messages
   * @param code the error code of the exception
   * @throws UserException if the version is newer
   * @throws IOException if the file is not JSON or has no version
   */
  public static void require(byte[] json, int newest, String where, ErrorCode code)
      throws IOException {
    int found =
        Json.parse(json, SchemaVersion.class)
            .schemaVersion()
            .orElseThrow(() -> new IOException("the key schema_version is missing"));
    require(found, newest, where, code);
  }

  /**
   * Throws unless this code can read the version of a file.
   *
   * @param found the version of the file
   * @param newest the newest version that this code reads
   * @param where the location of the file, for messages
   * @param code the error code of the exception
   * @throws UserException if the version is newer
   */
  public static void require(int found, int newest, String where, ErrorCode code) {
    if (found > newest) {
      throw UserException.of(
          code,
          "%s has schema version %s, expected at most %s; use a newer version of Meanfield",
          where,
          found,
          newest);
    }
  }
}
