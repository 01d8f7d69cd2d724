package io.meanfield.pipeline.run;

import io.meanfield.network.keras.NpzFile;

/**
 * The path of a file with a model or with weights, as a user names it in place of the id of a run
 * or of a version.
 */
public final class ModelPath {
  private ModelPath() {}

  /** Returns whether a name that is no version is a path, and not the id of a run. */
  public static boolean matches(String name) {
    return name.contains("/") || name.endsWith(".zip") || name.endsWith(NpzFile.SUFFIX);
  }
}
