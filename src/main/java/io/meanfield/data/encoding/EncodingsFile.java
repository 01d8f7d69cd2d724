package io.meanfield.data.encoding;

import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.FileContent;
import java.util.Optional;

/** Reads and writes the file {@value #NAME}, which records how a run's inputs became numbers. */
public final class EncodingsFile {
  public static final String NAME = "encodings.json";

  private EncodingsFile() {}

  /**
   * Returns the encoder of a run; empty if the run has no such file.
   *
   * @throws UserException if the file differs from its checksum
   */
  public static Optional<TableEncoder> read(RunDirectory run) {
    run.requireIntactModel();
    return run.readBytes(NAME).map(json -> EncodingsJson.parse(json, run.display() + "/" + NAME));
  }

  /** Writes the encoder into a run's directory. */
  public static void write(RunDirectory run, TableEncoder encoder) {
    run.replace(NAME, content(encoder));
  }

  /** Returns the content of the file. */
  public static FileContent content(TableEncoder encoder) {
    return FileContent.json(new EncodingsJson.Content(EncodingsJson.VERSION, encoder));
  }
}
