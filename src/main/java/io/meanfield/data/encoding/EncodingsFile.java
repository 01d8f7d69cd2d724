package io.meanfield.data.encoding;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.json.SchemaVersion;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.FileContent;
import java.io.IOException;
import java.util.Optional;

/** Reads and writes the file {@value #NAME}, which records how a run's inputs became numbers. */
public final class EncodingsFile {
  public static final String NAME = "encodings.json";

  private EncodingsFile() {}

  private static final int VERSION = 1;

  /** The content of the file. */
  record Content(int schemaVersion, TableEncoder encoder) {}

  /**
   * Returns the encoder of a run; empty if the run has no such file.
   *
   * @throws UserException if the file differs from its checksum
   */
  public static Optional<TableEncoder> read(RunDirectory run) {
    run.requireIntactModel();
    return run.readBytes(NAME).map(json -> parse(json, run.display() + "/" + NAME));
  }

  /** Writes the encoder into a run's directory. */
  public static void write(RunDirectory run, TableEncoder encoder) {
    run.replace(NAME, content(encoder));
  }

  /** Returns the content of the file. */
  public static FileContent content(TableEncoder encoder) {
    return FileContent.json(new Content(VERSION, encoder));
  }

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
