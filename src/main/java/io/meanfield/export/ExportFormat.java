package io.meanfield.export;

import java.util.Locale;

/** The formats of exported models. */
public enum ExportFormat {
  /** ONNX, with the preprocessing of tables. */
  ONNX,
  /** Keras' arrays in NumPy's file format. */
  NPZ,
  /** DL4J's own model.zip. */
  DL4J;

  Exporter exporter() {
    return switch (this) {
      case ONNX -> new OnnxExporter();
      case NPZ -> new NpzExporter();
      case DL4J -> new Dl4jExporter();
    };
  }

  /** Returns the format as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
