package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Json;
import java.io.IOException;
import java.util.Optional;

/** The version of the keys in a JSON file about data; the files of newer versions are refused. */
public record SchemaVersion(Optional<Integer> schemaVersion) {
  /** The version that this code writes and the newest that it reads. */
  public static final int NEWEST = 1;

  /**
   * Throws unless this code reads the version of a file.
   *
   * @param where the file is, for messages
   * @param code of the exception
   * @throws UserException if the version is newer
   * @throws IOException if the file is not JSON or has no version
   */
  public static void require(byte[] json, String where, ErrorCode code) throws IOException {
    int found =
        Json.parse(json, SchemaVersion.class)
            .schemaVersion()
            .orElseThrow(() -> new IOException("the key schema_version is missing"));
    if (found > NEWEST) {
      throw new UserException(
          code,
          where
              + " has schema version "
              + found
              + ", this Meanfield knows versions up to "
              + NEWEST
              + "; use a newer Meanfield");
    }
  }
}
