package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetScaleTest {
  private static final TargetScale SCALE = new TargetScale(List.of(10.0, -1.0), List.of(4.0, 0.5));
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(3),
          List.of(new Dense(2, Activation.RELU), new Dense(2, Activation.LINEAR)),
          Loss.MSE,
          new Optimizer.Sgd(0.1));

  @Test
  void scaledTargetsHaveMeanZeroAndDeviationOne() {
    float[] scaled = new float[5];
    SCALE.scale(new float[] {7, 6, -1.5f, 14, -1}, 1, scaled, 2);
    assertThat(scaled).containsExactly(0, 0, -1, -1, 0);
  }

  @Test
  void lastLayerComputesTheUnitOfTheTargets() {
    // 3 x 2 kernel, 2 biases; then the kernel of output 0, that of output 1, and two biases.
    float[] weights = {1, 2, 3, 4, 5, 6, 7, 8, 1, -1, 2, 3, 0.5f, -2};
    float[] unscaled = SCALE.unscaled(NETWORK, weights);
    assertThat(unscaled).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 4, -4, 1, 1.5f, 12, -2);
    assertThat(SCALE.scaled(NETWORK, unscaled)).containsExactly(weights, within(1e-6f));
    LearnerState members =
        LearnerState.ofMembers(List.of(LearnerState.fresh(weights), LearnerState.fresh(weights)));
    assertThat(SCALE.unscaled(NETWORK.withMembers(2), members.weights()))
        .startsWith(unscaled)
        .endsWith(unscaled)
        .hasSize(28);
  }

  @Test
  void modelOfUnscaledTargetsKeepsItsWeights() {
    Model model = Model.untrained(NETWORK, 7);
    assertThat(model.learning(TargetScale.NONE).inUnitOfTargets().state().weights())
        .isEqualTo(model.state().weights());
    Model learning = model.learning(SCALE);
    assertThat(learning.network().targets()).isEqualTo(SCALE);
    assertThat(learning.inUnitOfTargets().network().targets()).isEqualTo(TargetScale.NONE);
  }

  @Test
  void temperatureDividesTheLogitsOfEachMember() {
    NetworkSettings classes =
        new NetworkSettings(
            List.of(1),
            List.of(new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.1));
    Model ensemble =
        Model.untrained(classes.withMembers(2), 7)
            .with(LearnerState.fresh(new float[] {2, 4, 6, 8, 1, 3, 5, 7}));
    assertThat(ensemble.tempered(2).state().weights())
        .containsExactly(1, 2, 3, 4, 0.5f, 1.5f, 2.5f, 3.5f);
    assertThat(ensemble.tempered(1).state().weights()).isEqualTo(ensemble.state().weights());
    assertThatThrownBy(() -> Model.untrained(NETWORK, 7).tempered(2))
        .hasMessage("only probabilities have logits");
  }

  @Test
  void probabilitiesOfWeightedClassesBecomeThoseOfTheData() {
    // Shares 0.9 and 0.1, weights 5 / 9 and 5: the weighted network learns 0.5 and 0.5.
    double[] weights = {5.0 / 9, 5};
    Model sigmoid = constant(1, Activation.SIGMOID, Loss.BINARY_CROSSENTROPY, 0, 0);
    float logit = sigmoid.withoutClassWeights(weights).state().weights()[1];
    assertThat(1 / (1 + Math.exp(-logit))).isCloseTo(0.1, within(1e-7));
    Model softmax = constant(2, Activation.SOFTMAX, Loss.CATEGORICAL_CROSSENTROPY, 0, 0, 0, 0);
    float[] shifted = softmax.withoutClassWeights(weights).state().weights();
    assertThat(shifted).startsWith(0, 0);
    assertThat(Math.exp(shifted[2] - shifted[3])).isCloseTo(9, within(1e-5));
    assertThat(softmax.withoutClassWeights(new double[] {1, 0}).state().weights())
        .containsExactly(0, 0, 0, 0); // the second class had no examples
  }

  private static Model constant(int units, Activation activation, Loss loss, float... weights) {
    NetworkSettings network =
        new NetworkSettings(
            List.of(1), List.of(new Dense(units, activation)), loss, new Optimizer.Sgd(0.1));
    return Model.untrained(network, 7).with(LearnerState.fresh(weights));
  }

  @Test
  void deviationOfZeroIsRefused() {
    assertThatThrownBy(() -> new TargetScale(List.of(1.0), List.of(0.0)))
        .hasMessage("expected a mean and a positive deviation for each output, found [0.0]");
  }

  @Test
  void outputsBeyondTheirBoundsAreMovedToThem() {
    OutputBounds bounds =
        new OutputBounds(List.of(new OutputBounds.Range(0, 1), new OutputBounds.Range(-5, 5)));
    float[] outputs = {2, -7, 0.5f, 5, -1, 6, 9, 9};
    bounds.apply(outputs, 3);
    assertThat(outputs).containsExactly(1, -5, 0.5f, 5, 0, 5, 9, 9);
  }
}
