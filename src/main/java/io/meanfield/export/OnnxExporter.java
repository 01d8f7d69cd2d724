package io.meanfield.export;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.export.onnx.OnnxModel;
import io.meanfield.export.onnx.OnnxSession;

/** Exports to ONNX; computes outputs with ONNX Runtime. */
record OnnxExporter() implements Exporter {
  @Override
  public byte[] write(ExportedModel exported) {
    return new OnnxModel(exported.model(), exported.input(), exported.labels())
        .file(exported.version(), exported.properties());
  }

  @Override
  public float[] outputs(byte[] file, ExportedModel exported, ProofExamples examples) {
    try (OnnxSession session = OnnxSession.open(file)) {
      OnnxSession.Result result =
          session.run(exported.input(), examples.rows(), exported.network().outputs());
      requireLabels(exported, result);
      return result.outputs();
    }
  }

  /** Throws if a label is not the one of the outputs beside it. */
  private static void requireLabels(ExportedModel exported, OnnxSession.Result result) {
    int width = exported.network().outputs();
    for (int row = 0; row < result.labels().size(); row++) {
      int cls = exported.model().threshold().predictedClass(result.outputs(), row * width, width);
      String found = result.labels().get(row);
      if (cls < exported.labels().size() && !exported.labels().get(cls).equals(found)) {
        throw new UserException(
            ErrorCode.EXPORT_DIFFERS,
            "the onnx export of "
                + exported.name()
                + " labels example "
                + row
                + " of the comparison as "
                + found
                + ", expected "
                + exported.labels().get(cls)
                + "; no file was written, choose another format");
      }
    }
  }
}
