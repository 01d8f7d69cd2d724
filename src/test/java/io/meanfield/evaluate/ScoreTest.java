package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static Model model(int classes) {
    return Model.untrained(
        new NetworkSettings(
            List.of(3),
            List.of(new Dense(classes, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.01)),
        1);
  }

  private static Examples examples(int count, int classes) {
    Random random = new Random(1);
    float[] values = new float[3 * count];
    float[] weights = new float[count];
    int[] labels = new int[count];
    for (int row = 0; row < count; row++) {
      values[3 * row] = random.nextFloat();
      labels[row] = random.nextInt(classes);
      weights[row] = random.nextFloat();
    }
    return new Examples(
        LongStream.range(0, count).toArray(),
        new String[0],
        new Features.Floats(values, 3),
        new Targets.Classes(labels),
        weights);
  }

  @Test
  void sumsAreThoseOfAllOutputsInTheOrderOfTheExamples() {
    Model model = model(4);
    EngineNetwork network = model.network();
    Examples examples = examples(1337, 4);
    float[] outputs = ForwardPass.outputs(network, model.state(), examples);
    float[] targets = BatchWriter.targets(examples, network);
    double loss = 0;
    double weights = 0;
    for (int row = 0; row < examples.count(); row++) {
      loss += examples.weight(row) * network.loss().of(outputs, targets, 4 * row, 4);
      weights += examples.weight(row);
    }
    Score score = Score.of(network, model.state(), examples);
    assertThat(score.lossSum()).isEqualTo(loss);
    assertThat(score.weight()).isEqualTo(weights);
    assertThat(score.scored()).isEqualTo(weights);
    assertThat(score.correct()).isBetween(0.1 * weights, 0.5 * weights); // four classes at random
  }
}
