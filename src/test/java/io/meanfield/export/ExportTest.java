package io.meanfield.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RandomExamples;
import io.meanfield.export.onnx.OnnxSession;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The comparison of a file with its model finds what is wrong with the file. */
class ExportTest {
  private static final NetworkSettings NETWORK = ExportedNetworks.ALL.get("dense, tanh");
  private static final ModelInput INPUT = new ModelInput.Numbers(NETWORK.input());
  private static final Model MODEL = ExportedNetworks.model(NETWORK, 7);
  private static final Export EXPORT = new Export(ExportedNetworks.exported(MODEL, INPUT));
  private static final ProofExamples EXAMPLES =
      ProofExamples.of(
          INPUT, INPUT.accept(new RandomExamples(50, NETWORK.acceptedInputs(), 1)), "test set");

  private static ExportedModel perturbed(float change) {
    float[] weights = MODEL.state().weights().clone();
    weights[0] += change;
    return ExportedNetworks.exported(MODEL.with(LearnerState.fresh(weights)), INPUT);
  }

  @Test
  void fileOfOtherWeightsIsRefused() throws Exception {
    byte[] file = new Export(perturbed(0.01f)).write();
    float[] found = EXPORT.outputs(file, EXAMPLES);
    assertThatThrownBy(() -> EXPORT.proved(file, EXAMPLES, found))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXPORT_DIFFERS))
        .hasMessageMatching(
            "the onnx export of mnist-1 differs from the model by 0\\.00[0-9]+ on 50 examples"
                + " \\(test set\\), expected at most 1\\.0E-4; no file was written");
  }

  @Test
  void outputThatIsNotANumberIsRefused() throws Exception {
    byte[] file = EXPORT.write();
    float[] found = EXPORT.outputs(file, EXAMPLES);
    assertThat(EXPORT.proved(file, EXAMPLES, found).proof())
        .satisfies(proof -> assertThat(proof.largestDifference()).isLessThan(1e-6));
    found[17] = Float.NaN;
    assertThatThrownBy(() -> EXPORT.proved(file, EXAMPLES, found))
        .hasMessageContaining("differs from the model by NaN");
  }

  @Test
  void damagedFileIsRefused() throws Exception {
    byte[] file = EXPORT.write();
    byte[] half = Arrays.copyOf(file, file.length / 2);
    assertThatThrownBy(() -> OnnxSession.open(half))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("ONNX Runtime cannot open the exported model: ");
  }

  @Test
  void fileNamesInputsOutputsAndTheModel() throws Exception {
    byte[] file = EXPORT.write();
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file)) {
      assertThat(session.getInputNames()).containsExactly("features");
      assertThat(session.getOutputNames()).containsExactly("probabilities");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("meanfield");
      assertThat(session.getMetadata().getCustomMetadata()).isEqualTo(Map.of("run_id", "mnist-1"));
    }
  }

  @Test
  void differenceOfProbabilitiesIsAbsoluteAndOfNumbersRelativeToTheLargest() {
    float[] expected = {1, 200, 0.5f, -400};
    float[] found = {1, 200, 0.25f, -404};
    assertThat(OutputDifference.largest(expected, found, 2, true)).isEqualTo(4);
    assertThat(OutputDifference.largest(expected, found, 2, false)).isEqualTo(0.25);
    assertThat(OutputDifference.largest(new float[2], new float[] {0, 1}, 1, false)).isInfinite();
    assertThat(OutputDifference.largest(expected, expected, 2, false)).isZero();
  }
}
