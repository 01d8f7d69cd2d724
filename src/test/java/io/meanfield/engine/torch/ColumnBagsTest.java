package io.meanfield.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Compares bags with sums in double precision, and their gradients with differences of losses. */
class ColumnBagsTest {
  private static final int SIZE = 5;
  private static final int CATEGORIES = 4;
  private static final int WORDS = 9;
  private static final int PLACES = 6;
  private static final ColumnEmbeddings COLUMNS =
      new ColumnEmbeddings(
          List.of(2, 3, 3),
          List.of(CATEGORIES, WORDS, WORDS),
          List.of(0, PLACES, PLACES),
          List.of(2));
  private static final int INPUTS = 1 + 3 * PLACES;
  private static final double RATE = 0.5;

  private static NetworkSettings network(int numbers, boolean fused, Optimizer optimizer) {
    List<Layer> layers = new ArrayList<>(List.of(COLUMNS));
    if (!fused) {
      layers.add(new Dropout(0)); // keeps every number, but is not dense
    }
    layers.add(new Dense(1, Activation.LINEAR));
    return new NetworkSettings(List.of(numbers + INPUTS), layers, Loss.MSE, optimizer);
  }

  private static Minibatch batch(int numbers, long seed) {
    Minibatch batch = new Minibatch(SIZE, numbers + INPUTS, 1);
    Random random = new Random(seed);
    batch.reset(SIZE, 7);
    for (int row = 0; row < SIZE; row++) {
      int next = batch.offset(row);
      for (int i = 0; i < numbers; i++) {
        batch.features()[next++] = random.nextFloat();
      }
      batch.features()[next++] = random.nextInt(CATEGORIES);
      for (int bag = 0; bag < 2; bag++) {
        int words = row == 0 ? 0 : random.nextInt(PLACES + 1);
        for (int place = 0; place < PLACES; place++) {
          batch.features()[next++] = place < words ? 1 + random.nextInt(WORDS - 1) : 0;
        }
      }
      for (int place = 0; place < PLACES; place++) {
        batch.features()[next++] = 2 * random.nextFloat() - 1;
      }
      batch.targets()[row] = random.nextFloat();
    }
    return batch;
  }

  /** Returns the output of the network for a row. */
  private static double output(float[] weights, Minibatch batch, int row, int numbers) {
    float[] inputs = batch.features();
    int offset = batch.offset(row);
    int dense = 2 * CATEGORIES + 6 * WORDS;
    double sum = weights[weights.length - 1];
    for (int i = 0; i < numbers; i++) {
      sum += inputs[offset + i] * (double) weights[dense + i];
    }
    for (int unit = 0; unit < 2; unit++) {
      int category = (int) inputs[offset + numbers];
      sum += weights[unit * CATEGORIES + category] * (double) weights[dense + numbers + unit];
    }
    int first = offset + numbers + 1;
    for (int unit = 0; unit < 6; unit++) {
      boolean isWeighted = unit >= 3;
      double words = 0;
      int count = 0;
      for (int place = 0; place < PLACES; place++) {
        int word = (int) inputs[first + (isWeighted ? PLACES : 0) + place];
        if (word > 0) {
          double weight = isWeighted ? inputs[first + 2 * PLACES + place] : 1;
          words += weight * weights[2 * CATEGORIES + unit * WORDS + word];
          count++;
        }
      }
      sum += words / Math.sqrt(Math.max(1, count)) * weights[dense + numbers + 2 + unit];
    }
    return sum;
  }

  private static double loss(float[] weights, Minibatch batch, int numbers) {
    double sum = 0;
    for (int row = 0; row < SIZE; row++) {
      double difference = output(weights, batch, row, numbers) - batch.targets()[row];
      sum += difference * difference;
    }
    return sum / SIZE;
  }

  private static Learner learner(NetworkSettings network, float[] weights) {
    Learner learner = TorchEngine.learner(network, Precision.FLOAT32, Device.CPU);
    learner.restore(LearnerState.fresh(weights));
    return learner;
  }

  private static float[] weights(NetworkSettings network, long seed) {
    float[] weights = new float[ParameterLayout.of(network).size()];
    Random random = new Random(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    return weights;
  }

  @Property(tries = 20)
  void outputsAndGradientsAreThoseOfSumsInDoublePrecision(
      @ForAll @IntRange(max = 3) int numbers, @ForAll boolean fused, @ForAll long seed) {
    NetworkSettings network = network(numbers, fused, new Optimizer.Sgd(RATE));
    float[] weights = weights(network, seed);
    Minibatch batch = batch(numbers, seed);
    Learner learner = learner(network, weights);
    float[] outputs = new float[SIZE];
    learner.predict(batch, outputs);
    for (int row = 0; row < SIZE; row++) {
      assertThat(Math.abs(outputs[row] - output(weights, batch, row, numbers))).isLessThan(1e-5);
    }
    learner.fit(batch);
    float[] trained = learner.state().weights();
    float step = 1f / 128;
    for (int i = 0; i < weights.length; i++) {
      float[] more = weights.clone();
      float[] less = weights.clone();
      more[i] += step;
      less[i] -= step;
      // The loss is of second degree in each weight, so this is its derivative.
      double gradient =
          (loss(more, batch, numbers) - loss(less, batch, numbers)) / (more[i] - less[i]);
      assertThat((weights[i] - trained[i]) / RATE).isCloseTo(gradient, within(1e-4));
    }
  }

  @Property(tries = 10)
  void fusedPassTrainsTheWeightsThatAutogradTrains(
      @ForAll @IntRange(max = 3) int numbers, @ForAll long seed) {
    Optimizer adam = new Optimizer.AdamW(0.01, 0.9, 0.95, 1e-3, 0.1, true);
    float[] weights = Model.untrained(network(numbers, true, adam), seed).state().weights();
    Learner fused = learner(network(numbers, true, adam), weights);
    Learner autograd = learner(network(numbers, false, adam), weights);
    for (int step = 0; step < 20; step++) {
      fused.fit(batch(numbers, seed + step));
      autograd.fit(batch(numbers, seed + step));
    }
    float[] one = fused.state().weights();
    float[] other = autograd.state().weights();
    for (int i = 0; i < one.length; i++) {
      assertThat(Math.abs(one[i] - other[i])).isLessThan(1e-5f);
    }
  }

  @Test
  void rowsOfAMinibatchDoNotChangeTheOutputsOfOthers() {
    NetworkSettings network = network(1, true, new Optimizer.Sgd(RATE));
    Learner learner = learner(network, weights(network, 3));
    Minibatch batch = batch(1, 5);
    float[] together = new float[SIZE];
    learner.predict(batch, together);
    Minibatch single = new Minibatch(1, network.inputs(), 1);
    for (int row = 0; row < SIZE; row++) {
      single.reset(1, 7);
      System.arraycopy(batch.features(), batch.offset(row), single.features(), 0, network.inputs());
      float[] alone = new float[1];
      learner.predict(single, alone);
      assertThat(alone[0]).isCloseTo(together[row], within(1e-6f));
    }
  }

  @Test
  void stepWithoutMomentsChangesOnlyWordsThatOccur() {
    NetworkSettings network = network(1, true, new Optimizer.Sgd(RATE));
    float[] weights = weights(network, 1);
    Learner learner = learner(network, weights);
    Minibatch batch = batch(1, 1);
    for (int row = 0; row < SIZE; row++) {
      for (int place = 0; place < PLACES; place++) {
        batch.features()[batch.offset(row) + 2 + place] = place == 0 ? 3 : 0;
      }
    }
    learner.fit(batch);
    float[] trained = learner.state().weights();
    Parameter words = ParameterLayout.of(network).of(0).get(1);
    for (int i = words.offset(); i < words.end(); i++) {
      assertThat(trained[i] == weights[i]).isEqualTo((i - words.offset()) % WORDS != 3);
    }
  }
}
