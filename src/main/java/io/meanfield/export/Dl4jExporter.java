package io.meanfield.export;

import io.meanfield.data.Examples;
import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.RestoredNetwork;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Exports DL4J's model.zip; computes outputs with the network that DL4J restores from it. */
record Dl4jExporter() implements Exporter {
  @Override
  public byte[] write(ExportedModel exported) throws IOException {
    Dl4jEngine.unsupportedLayer(exported.network())
        .ifPresent(
            reason -> {
              throw new UserException(
                  ErrorCode.MODEL_UNUSABLE,
                  "cannot export "
                      + exported.name()
                      + " as dl4j: "
                      + reason
                      + "; choose the format onnx or npz");
            });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(exported.model(), out);
    return out.toByteArray();
  }

  @Override
  public float[] outputs(byte[] file, ExportedModel exported, ProofExamples examples)
      throws IOException {
    Examples encoded = examples.encoded();
    float[] inputs = new float[Math.multiplyExact(encoded.count(), encoded.width())];
    for (int row = 0; row < encoded.count(); row++) {
      encoded.features().write(row, inputs, row * encoded.width());
    }
    return RestoredNetwork.of(file, exported.network()).outputs(inputs, encoded.count());
  }
}
