package io.meanfield.export;

import io.meanfield.batch.ForwardPass;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.keras.NpzFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Exports Keras' arrays; computes outputs with the weights that are read back. */
record NpzExporter() implements Exporter {
  @Override
  public byte[] write(ExportedModel exported) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpzFile.write(exported.network(), exported.model().state().weights(), out);
    return out.toByteArray();
  }

  @Override
  public float[] outputs(byte[] file, ExportedModel exported, ProofExamples examples)
      throws IOException {
    Model model = exported.model();
    float[] weights =
        NpzFile.read(new ByteArrayInputStream(file), "the exported file", exported.network());
    return ForwardPass.outputs(model.network(), LearnerState.fresh(weights), examples.encoded());
  }
}
