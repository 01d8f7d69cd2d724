package io.meanfield.pipeline.score;

import java.util.Locale;

/** What {@code export} writes. */
public enum ExportFormat {
  /** A file. */
  ONNX,
  /** A directory with the file, which the clients and servers of MLflow load. */
  MLFLOW;

  /** Returns the name of the format in records and on command lines. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
