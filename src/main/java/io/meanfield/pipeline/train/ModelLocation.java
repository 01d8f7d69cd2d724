package io.meanfield.pipeline.train;

import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.file.HadoopPaths;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Tells names of models that are paths from the ids of runs. */
final class ModelLocation {
  private static final String SAVED = "data/" + RunDirectory.MODEL;

  private ModelLocation() {}

  /**
   * Returns the path of the model file that a name means; empty if the name is the id of a run. A
   * folder means the model in it, whether Spark ML has saved it or it is that of a run.
   *
   * @param name no version of a registered model
   * @throws UserException if a folder has no model, or if the name is the id of a run and a folder
   */
  static Optional<String> of(Runs runs, String name) {
    if (isPath(name)) {
      return Optional.of(inFolder(runs, name).orElse(name));
    }
    if (!new File(name, SAVED).isFile()) {
      return Optional.empty();
    }
    if (RunId.isValid(name) && runs.find(new RunId(name)).isPresent()) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "%s is a run in %s and the folder of a saved model; write ./%s for the folder, or"
              + " %s/%s/%s for the run",
          name,
          runs.display(),
          name,
          runs.directory(),
          name,
          RunDirectory.MODEL);
    }
    return Optional.of(name + "/" + SAVED);
  }

  /** Returns whether a name that is no version can only be a path. */
  static boolean isPath(String name) {
    return name.contains("/") || name.endsWith(".zip") || name.endsWith(NpzFile.SUFFIX);
  }

  private static Optional<String> inFolder(Runs runs, String name) {
    Path path = HadoopPaths.resolve(name);
    try {
      FileSystem files = path.getFileSystem(runs.hadoop());
      if (!files.getFileStatus(path).isDirectory()) {
        return Optional.empty();
      }
      for (String file : List.of(SAVED, RunDirectory.MODEL)) {
        if (files.exists(new Path(path, file))) {
          return Optional.of(name.replaceAll("/+$", "") + "/" + file);
        }
      }
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "%s has no %s and no %s; expected the folder that write().save made of a model, or that"
              + " of a run",
          HadoopPaths.display(path),
          SAVED,
          RunDirectory.MODEL);
    } catch (FileNotFoundException e) {
      throw ModelFile.missing(e, path);
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.MODEL_UNREADABLE,
          "%s cannot be read: %s",
          HadoopPaths.display(path),
          IoReason.of(e));
    }
  }
}
