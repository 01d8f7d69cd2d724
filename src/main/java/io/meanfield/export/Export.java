package io.meanfield.export;

import io.meanfield.batch.ForwardPass;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Model;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a model in another format and compares the file with the model. */
public final class Export {
  private final ExportFormat format;
  private final ExportedModel exported;

  public Export(ExportFormat format, ExportedModel exported) {
    this.format = format;
    this.exported = exported;
  }

  /**
   * Returns the content of the file after its outputs were compared with those of the model.
   *
   * @throws UserException if the format cannot hold the model, or if an output differs by more than
   *     {@link Proof#LIMIT}
   */
  public ProvedFile proved(ProofExamples examples) {
    try {
      Exporter exporter = format.exporter();
      byte[] file = exporter.write(exported);
      return proved(file, examples, exporter.outputs(file, exported, examples));
    } catch (IOException e) {
      throw new UncheckedIOException("the file is in memory", e);
    }
  }

  /**
   * Compares the outputs of the file with those of the model.
   *
   * @param found the outputs of the file, [examples, outputs]
   */
  ProvedFile proved(byte[] file, ProofExamples examples, float[] found) {
    Model model = exported.model();
    float[] expected = ForwardPass.outputs(model.network(), model.state(), examples.encoded());
    double difference =
        OutputDifference.largest(
            expected,
            found,
            model.network().outputs(),
            model.network().loss().givesProbabilities());
    Proof proof = new Proof(examples.origin(), examples.rows().count(), difference);
    if (!proof.isWithinLimit()) {
      throw differs(proof);
    }
    return new ProvedFile(file, proof);
  }

  private UserException differs(Proof proof) {
    return new UserException(
        ErrorCode.EXPORT_DIFFERS,
        "the "
            + format
            + " export of "
            + exported.name()
            + " differs from the model by "
            + proof.largestDifference()
            + " on "
            + proof.examples()
            + " examples ("
            + proof.inputs()
            + "), expected at most "
            + Proof.LIMIT
            + "; no file was written, choose another format");
  }
}
