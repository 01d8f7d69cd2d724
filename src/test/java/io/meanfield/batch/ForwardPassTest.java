package io.meanfield.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Embedding;
import io.meanfield.network.layers.Lstm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardPassTest {
  private static final Model MODEL =
      Model.untrained(
          new NetworkSettings(
              List.of(2),
              List.of(new Dense(2, Activation.SOFTMAX)),
              Loss.CATEGORICAL_CROSSENTROPY,
              new Optimizer.Sgd(0.01)),
          1);
  private static final Examples TWO =
      Examples.images(new long[] {41, 42}, new byte[2], new byte[] {0, 0, 1, 1}, 2);

  @Test
  void softmaxGivesProbabilities() {
    float[] outputs = ForwardPass.outputs(MODEL.network(), MODEL.state(), TWO);
    assertThat(outputs).hasSize(4);
    assertThat(outputs[0]).isEqualTo(0.5f); // all pixels and biases are 0
    assertThat(outputs[2] + outputs[3]).isBetween(0.999999f, 1.000001f);
  }

  @Test
  void fewerExamplesAreDividedIntoTheMinibatchesOfMore() {
    assertThat(ForwardPass.wholeBatches(4)).isEqualTo(4);
    assertThat(ForwardPass.wholeBatches(512)).isEqualTo(512);
    assertThat(ForwardPass.wholeBatches(1337)).isEqualTo(1024);
  }

  @Test
  void minibatchesShareOneBufferOfOutputs() {
    int count = 3 * ForwardPass.BATCH + 1;
    Examples examples = Examples.images(new long[count], new byte[count], new byte[2 * count], 2);
    List<float[]> buffers = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    ForwardPass.forEachMinibatch(
        MODEL.network(),
        MODEL.state(),
        examples,
        (first, size, outputs) -> {
          assertThat(first).isEqualTo(counts.size() * ForwardPass.BATCH);
          buffers.add(outputs);
          counts.add(size);
        });
    assertThat(counts).containsExactly(ForwardPass.BATCH, ForwardPass.BATCH, ForwardPass.BATCH, 1);
    assertThat(buffers).allSatisfy(buffer -> assertThat(buffer).isSameAs(buffers.get(0)));
    assertThat(buffers.get(0)).hasSize(2 * ForwardPass.BATCH);
  }

  @Test
  void largestBlockHasWholeMinibatchesOfAtMost64MiB() {
    int rows = ForwardPass.largestBlock(MODEL.network());
    assertThat(rows % ForwardPass.BATCH).isZero();
    assertThat(rows * 2L * 2 * Float.BYTES).isLessThanOrEqualTo(64 << 20);
    assertThat((rows + ForwardPass.BATCH) * 2L * 2 * Float.BYTES).isGreaterThan(64 << 20);
  }

  @Test
  void indexOutsideTheEmbeddingNamesTheExampleAndTheRange() {
    Model model =
        Model.untrained(
            new NetworkSettings(
                List.of(2),
                List.of(
                    new Embedding(3, 10), new Lstm(2, false, 0), new Dense(2, Activation.SOFTMAX)),
                Loss.CATEGORICAL_CROSSENTROPY,
                new Optimizer.Sgd(0.01)),
            1);
    Examples examples =
        new Examples(
            new long[] {41, 42},
            new Features.Floats(new float[] {0, 9, 10, 3}, 2),
            new Targets.Unknown());
    assertThatThrownBy(() -> ForwardPass.outputs(model.network(), model.state(), examples))
        .hasMessage(
            "input 0 of example 42 is 10.0, expected a whole number from 0 to 9; correct the data or"
                + " network.layers[0]");
  }

  @Test
  void outputThatIsNotFiniteNamesTheExample() {
    float[] weights = MODEL.state().weights().clone();
    weights[0] = Float.NaN;
    assertThatThrownBy(() -> ForwardPass.outputs(MODEL.network(), LearnerState.fresh(weights), TWO))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "output 0 for example 4[12] is NaN, expected a finite number; the model has diverged");
  }
}
