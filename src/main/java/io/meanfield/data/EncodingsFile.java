package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.RunDirectory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads and writes the file {@value TableEncoder#FILE}: how a run's inputs became numbers. */
public final class EncodingsFile {
  private EncodingsFile() {}

  /** Returns the encoder that a run keeps; empty if it has no such file. */
  public static Optional<TableEncoder> read(RunDirectory run) {
    return run.readBytes(TableEncoder.FILE)
        .map(bytes -> parse(bytes, run.display() + "/" + TableEncoder.FILE));
  }

  /**
   * Returns the encoder in the folder of a file with weights; empty if there is none.
   *
   * @throws UserException if it cannot be read
   */
  public static Optional<TableEncoder> beside(Configuration hadoop, Path model) {
    Path file = new Path(model.getParent(), TableEncoder.FILE);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return Optional.of(parse(in.readAllBytes(), HadoopPaths.display(file)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.MODEL_UNUSABLE,
          "cannot read " + HadoopPaths.display(file) + ": " + e.getMessage(),
          e);
    }
  }

  /** Writes the encoder into a run's directory. */
  public static void write(RunDirectory run, TableEncoder encoder) {
    byte[] json = encoder.toJson().getBytes(StandardCharsets.UTF_8);
    run.replace(TableEncoder.FILE, out -> out.write(json));
  }

  private static TableEncoder parse(byte[] json, String where) {
    return TableEncoder.parse(new String(json, StandardCharsets.UTF_8), where);
  }
}
