package io.meanfield.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.meanfield.network.layers.PiecewiseLinear;
import io.meanfield.network.layers.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * An embedding is the product of a one-hot row and a matrix, so a dense layer without activation
 * whose kernel consists of the matrices, and of an identity for the numbers, computes the same.
 */
class ColumnEmbeddingsTest {
  private static final int SIZE = 6;
  private static final ColumnEmbeddings COLUMNS =
      new ColumnEmbeddings(List.of(3, 2), List.of(5, 4));
  private static final Optimizer ADAM = new Optimizer.Adam(0.01, 0.9, 0.999, 1e-3);

  private static NetworkSettings network(
      int inputs, Optimizer optimizer, boolean fused, Layer first) {
    List<Layer> layers = new ArrayList<>(List.of(first));
    if (!fused) {
      layers.add(new Dropout(0)); // keeps every number, but is not dense
    }
    layers.add(new Dense(7, Activation.TANH, 0.01));
    layers.add(new Dense(3, Activation.SOFTMAX));
    return new NetworkSettings(List.of(inputs), layers, Loss.CATEGORICAL_CROSSENTROPY, optimizer);
  }

  private static NetworkSettings embedding(int numbers, Optimizer optimizer, boolean fused) {
    return network(numbers + COLUMNS.columns(), optimizer, fused, COLUMNS);
  }

  private static NetworkSettings oneHot(int numbers) {
    int codes = COLUMNS.categories().stream().mapToInt(Integer::intValue).sum();
    Dense dense = new Dense(numbers + COLUMNS.width(), Activation.LINEAR);
    return network(numbers + codes, new Optimizer.Sgd(0.5), true, dense);
  }

  private static Minibatch batch(int numbers, long seed) {
    Minibatch batch = new Minibatch(SIZE, numbers + COLUMNS.columns(), 3);
    Random random = new Random(seed);
    batch.reset(SIZE, 7);
    for (int row = 0; row < SIZE; row++) {
      int next = batch.offset(row);
      for (int i = 0; i < numbers; i++) {
        batch.features()[next++] = random.nextFloat();
      }
      for (int categories : COLUMNS.categories()) {
        batch.features()[next++] = random.nextInt(categories);
      }
      batch.label(row, random.nextInt(3));
    }
    return batch;
  }

  /** Returns the minibatch with ones in place of indices. */
  private static Minibatch oneHot(Minibatch batch, int numbers) {
    Minibatch hot = new Minibatch(SIZE, oneHot(numbers).inputs(), 3);
    hot.reset(SIZE, 7);
    System.arraycopy(batch.targets(), 0, hot.targets(), 0, hot.targets().length);
    for (int row = 0; row < SIZE; row++) {
      System.arraycopy(
          batch.features(), batch.offset(row), hot.features(), hot.offset(row), numbers);
      int next = hot.offset(row) + numbers;
      for (int column = 0; column < COLUMNS.columns(); column++) {
        hot.features()[next + (int) batch.features()[batch.offset(row) + numbers + column]] = 1;
        next += COLUMNS.categories().get(column);
      }
    }
    return hot;
  }

  /** Returns the weights of the one-hot network that computes the same as an embedding network. */
  private static float[] oneHotWeights(float[] weights, int numbers) {
    NetworkSettings hot = oneHot(numbers);
    float[] all = new float[ParameterLayout.of(hot).size()];
    int inputs = hot.inputs();
    for (int i = 0; i < numbers; i++) {
      all[i * inputs + i] = 1;
    }
    for (int i = 0; i < embeddedWeights(); i++) {
      all[oneHotIndex(i, numbers, inputs)] = weights[i];
    }
    int rest = weights.length - embeddedWeights();
    System.arraycopy(weights, embeddedWeights(), all, all.length - rest, rest);
    return all;
  }

  private static int embeddedWeights() {
    return 5 * 3 + 4 * 2;
  }

  /** Returns the index in the kernel [inputs, units], column by column, of an embedded weight. */
  private static int oneHotIndex(int weight, int numbers, int inputs) {
    boolean second = weight >= 15;
    int index = second ? weight - 15 : weight;
    int categories = second ? 4 : 5;
    int unit = index / categories + (second ? 3 : 0);
    int input = index % categories + (second ? 5 : 0);
    return (numbers + unit) * inputs + numbers + input;
  }

  private static Learner learner(NetworkSettings network, float[] weights) {
    Learner learner = TorchEngine.learner(network, Precision.FLOAT32, Device.CPU);
    learner.restore(LearnerState.fresh(weights));
    return learner;
  }

  private static float[] outputs(Learner learner, Minibatch batch) {
    float[] outputs = new float[SIZE * 3];
    learner.predict(batch, outputs);
    return outputs;
  }

  private static void assertNear(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("number %d", i)
          .isLessThan((float) tolerance);
    }
  }

  @Property(tries = 20)
  void outputsAndGradientsAreThoseOfOneHotInputsTimesTheMatrices(
      @ForAll @IntRange(max = 3) int numbers, @ForAll boolean fused, @ForAll long seed) {
    NetworkSettings network = embedding(numbers, new Optimizer.Sgd(0.5), fused);
    float[] weights = Model.untrained(network, seed).state().weights();
    Minibatch batch = batch(numbers, seed);
    Learner embedding = learner(network, weights);
    Learner hot = learner(oneHot(numbers), oneHotWeights(weights, numbers));
    Minibatch hotBatch = oneHot(batch, numbers);
    assertNear(outputs(embedding, batch), outputs(hot, hotBatch), 1e-6);
    embedding.fit(batch);
    hot.fit(hotBatch);
    float[] trained = embedding.state().weights();
    float[] hotTrained = hot.state().weights();
    for (int i = 0; i < embeddedWeights(); i++) {
      assertThat(
              Math.abs(
                  trained[i]
                      - hotTrained[oneHotIndex(i, numbers, hotBatch.features().length / SIZE)]))
          .isLessThan(1e-6f);
    }
  }

  @Property(tries = 10)
  void fusedPassTrainsTheWeightsThatAutogradTrains(
      @ForAll @IntRange(max = 3) int numbers, @ForAll long seed) {
    float[] weights = Model.untrained(embedding(numbers, ADAM, true), seed).state().weights();
    Learner fused = learner(embedding(numbers, ADAM, true), weights);
    Learner autograd = learner(embedding(numbers, ADAM, false), weights);
    for (int step = 0; step < 20; step++) {
      Minibatch batch = batch(numbers, seed + step);
      fused.fit(batch);
      autograd.fit(batch);
    }
    assertNear(fused.state().weights(), autograd.state().weights(), 1e-5);
  }

  @Property(tries = 10)
  void fusedPassOfEncodedNumbersAndDropoutTrainsTheWeightsThatAutogradTrains(
      @ForAll @IntRange(min = 2, max = 4) int numbers, @ForAll long seed) {
    float[] weights = Model.untrained(encoding(numbers, List.of()), seed).state().weights();
    Learner fused = learner(encoding(numbers, List.of()), weights);
    // A second dropout, which keeps every number, is not fused.
    Learner autograd = learner(encoding(numbers, List.of(new Dropout(0))), weights);
    for (int step = 0; step < 20; step++) {
      Minibatch batch = batch(numbers, seed + step);
      fused.fit(batch);
      autograd.fit(batch);
    }
    assertNear(fused.state().weights(), autograd.state().weights(), 1e-5);
    assertNear(outputs(fused, batch(numbers, seed)), outputs(autograd, batch(numbers, seed)), 1e-5);
  }

  private static NetworkSettings encoding(int numbers, List<Layer> added) {
    List<Layer> layers = new ArrayList<>();
    layers.add(COLUMNS);
    layers.add(new PiecewiseLinear(List.of(List.of(0.1, 0.4, 0.8), List.of(0.0, 0.5))));
    layers.add(new Scaling());
    layers.add(new Dense(7, Activation.MISH));
    layers.add(new Dropout(0.3));
    layers.add(new Dense(6, Activation.SELU));
    layers.add(new Dropout(0.2));
    layers.addAll(added);
    layers.add(new Dense(3, Activation.SOFTMAX));
    return new NetworkSettings(
        List.of(numbers + COLUMNS.columns()),
        layers,
        Loss.CATEGORICAL_CROSSENTROPY,
        new Optimizer.AdamW(0.01, 0.9, 0.95, 1e-3, 0.1, true));
  }

  @Test
  void stepWithoutMomentsChangesOnlyRowsThatOccur() {
    NetworkSettings network = embedding(1, new Optimizer.Sgd(0.5), true);
    float[] weights = Model.untrained(network, 1).state().weights();
    Learner learner = learner(network, weights);
    Minibatch batch = batch(1, 1);
    for (int row = 0; row < SIZE; row++) {
      batch.features()[batch.offset(row) + 1] = 3;
    }
    learner.fit(batch);
    float[] trained = learner.state().weights();
    Parameter first = ParameterLayout.of(network).of(0).get(0);
    for (int i = first.offset(); i < first.end(); i++) {
      assertThat(trained[i] == weights[i]).isEqualTo(i % 5 != 3);
    }
  }
}
