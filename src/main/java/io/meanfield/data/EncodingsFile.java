package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.json.SchemaVersion;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.InputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

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

  /**
   * Returns the encoder in the directory of a model file; empty if there is none.
   *
   * @throws UserException if the file cannot be read
   */
  public static Optional<TableEncoder> beside(Configuration hadoop, Path model) {
    Path file = new Path(model.getParent(), NAME);
    try (InputStream in = InputFile.open(file.getFileSystem(hadoop), file)) {
      return Optional.of(
          parse(InputFile.readBytes(in, InputFile.MAX_BYTES), HadoopPaths.display(file)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.MODEL_UNREADABLE,
          "cannot read %s: %s",
          HadoopPaths.display(file),
          e.getMessage());
    }
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
