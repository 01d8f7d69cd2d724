package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Tests networks with one output, because ND4J also treats a matrix of one column as a vector. */
class OneOutputTest {
  @Property(tries = 60)
  void stepsHaveTheBitsOfMultiLayerNetworkFit(
      @ForAll Loss loss,
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @IntRange(min = 1, max = 30) int units,
      @ForAll @IntRange(min = 1, max = 70) int batchSize,
      @ForAll long seed) {
    Assume.that(loss.kind() != Loss.Kind.HUBER); // plain DL4J has none
    Assume.that(loss.kind() != Loss.Kind.CATEGORICAL_CROSSENTROPY); // one output would be one class
    Activation outputActivation =
        loss.kind() == Loss.Kind.BINARY_CROSSENTROPY ? Activation.SIGMOID : Activation.LINEAR;
    NetworkSettings network =
        new NetworkSettings(
            List.of(inputs),
            List.of(new Dense(units, Activation.TANH), new Dense(1, outputActivation)),
            loss,
            new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));
    Model model = Model.untrained(network, seed);
    MultiLayerNetwork reference = PlainDl4j.network(model);
    Learner learner = Dl4jEngine.learner(network);
    learner.restore(model.state());
    Minibatch batch = new Minibatch(batchSize, inputs, 1);
    Random random = new Random(seed);
    for (int step = 0; step < 5; step++) {
      int size = step == 3 ? batchSize / 2 + 1 : batchSize;
      batch.reset(size, 0);
      for (int i = 0; i < size * inputs; i++) {
        batch.features()[i] = random.nextFloat() - 0.5f;
      }
      for (int row = 0; row < size; row++) {
        batch.label(row, random.nextInt(2));
      }
      PlainDl4j.fit(reference, batch);
      learner.fit(batch);
    }
    assertThat(learner.state().weights()).isEqualTo(reference.params().toFloatVector());
  }
}
