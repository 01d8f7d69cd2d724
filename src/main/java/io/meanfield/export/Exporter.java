package io.meanfield.export;

import java.io.IOException;

/** Writes the file of one format, and computes outputs from it. */
sealed interface Exporter permits OnnxExporter, NpzExporter, Dl4jExporter {
  /**
   * Returns the content of the file.
   *
   * @throws io.meanfield.error.UserException if the format cannot hold the model
   */
  byte[] write(ExportedModel exported) throws IOException;

  /** Returns the outputs that the file gives for examples, [examples, outputs]. */
  float[] outputs(byte[] file, ExportedModel exported, ProofExamples examples) throws IOException;
}
