package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.LearnerState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PretrainingTest {
  private static final Pretraining TWO_LAYERS_TWO_EPOCHS = ofNetwork(List.of(0, 3), 2);

  private static Pretraining ofNetwork(List<Integer> layers, int epochsOfEach) {
    return new Pretraining(layers, epochsOfEach, Optional.empty());
  }

  private static TrainingState ended(int epoch) {
    return new TrainingState(
        new LearnerState(new float[] {1, 2}, new float[] {3}, 7, epoch), new float[] {4});
  }

  @Test
  void layersAreTrainedInOrderAndThenTheNetwork() {
    assertThat(TWO_LAYERS_TWO_EPOCHS.epochs()).isEqualTo(4);
    assertThat(List.of(1, 2, 3, 4, 5, 6).stream().map(TWO_LAYERS_TWO_EPOCHS::layer))
        .containsExactly(
            Optional.of(0),
            Optional.of(0),
            Optional.of(3),
            Optional.of(3),
            Optional.empty(),
            Optional.empty());
    assertThat(ofNetwork(List.of(0), 0).layer(1)).isEmpty();
    assertThat(ofNetwork(List.of(), 3).layer(1)).isEmpty();
  }

  @Test
  void eachLayerStartsWithAFreshOptimizerAndSchedule() {
    for (int epoch : List.of(1, 3, 5)) {
      TrainingState start = TWO_LAYERS_TWO_EPOCHS.start(epoch, ended(epoch - 1));
      assertThat(start.learner().weights()).containsExactly(1, 2);
      assertThat(start.learner().optimizerState()).isEmpty();
      assertThat(start.learner().iteration()).isZero();
      assertThat(start.learner().epoch()).isEqualTo(epoch - 1);
      assertThat(start.outerMomentum()).isEmpty();
    }
    for (int epoch : List.of(2, 4, 6, 7)) {
      TrainingState before = ended(epoch - 1);
      assertThat(TWO_LAYERS_TWO_EPOCHS.start(epoch, before)).isSameAs(before);
    }
    TrainingState before = ended(0);
    assertThat(ofNetwork(List.of(0), 0).start(1, before)).isSameAs(before);
  }

  @Test
  void epochsAfterPreTrainingTrainTheLastLayerOfANetworkWithoutTargets() {
    Pretraining stack = new Pretraining(List.of(0), 2, Optional.of(1));
    assertThat(stack.epochs()).isEqualTo(2);
    assertThat(List.of(1, 2, 3, 4).stream().map(stack::layerAlone))
        .containsExactly(Optional.of(0), Optional.of(0), Optional.of(1), Optional.of(1));
    assertThat(stack.layer(3)).isEmpty();
    assertThat(TWO_LAYERS_TWO_EPOCHS.layerAlone(3)).contains(3);
    assertThat(TWO_LAYERS_TWO_EPOCHS.layerAlone(5)).isEmpty();
  }
}
