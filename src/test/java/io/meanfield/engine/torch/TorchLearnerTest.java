package io.meanfield.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.Padding;
import io.meanfield.network.layers.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class TorchLearnerTest {
  private static final int BATCH = 6;
  private static final Optimizer ADAM = new Optimizer.Adam(0.01, 0.9, 0.999, 1e-3);

  /** Returns a network for images with convolution, batch normalisation, pooling and dropout. */
  private static NetworkSettings images(double dropout) {
    return new NetworkSettings(
        List.of(8, 7, 2),
        List.of(
            new Conv2D(4, new Size(3, 3), new Size(1, 1), Padding.SAME, Activation.TANH, 0.001),
            new BatchNormalization(0.9, 0.01),
            new MaxPooling2D(new Size(2, 2), new Size(2, 2)),
            new Flatten(),
            new Dropout(dropout),
            new Dense(9, Activation.ELU),
            new Dense(3, Activation.SOFTMAX)),
        Loss.CATEGORICAL_CROSSENTROPY,
        ADAM);
  }

  private static Learner torch(NetworkSettings network, LearnerState state) {
    Learner learner = TorchEngine.learner(network, Precision.FLOAT32, Device.CPU);
    learner.restore(state);
    return learner;
  }

  private static LearnerState initialState(NetworkSettings network) {
    return Model.untrained(network, 3).state();
  }

  private static Minibatch batch(NetworkSettings network, long seed) {
    Random random = new Random(seed);
    Minibatch batch = new Minibatch(BATCH, network.inputs(), network.outputs());
    batch.reset(BATCH, random.nextLong());
    for (int i = 0; i < batch.features().length; i++) {
      batch.features()[i] = random.nextFloat();
    }
    for (int row = 0; row < BATCH; row++) {
      batch.label(row, random.nextInt(network.outputs()));
    }
    return batch;
  }

  private static LearnerState fit(Learner learner, NetworkSettings network, int from, int to) {
    IntStream.range(from, to).forEach(step -> learner.fit(batch(network, step)));
    return learner.state();
  }

  @Test
  void runningVarianceOfAConstantInputStaysFinite() {
    NetworkSettings network =
        new NetworkSettings(
            List.of(2),
            List.of(new BatchNormalization(0.5, 0.01), new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.1));
    Learner learner = torch(network, initialState(network));
    Minibatch constant = new Minibatch(BATCH, network.inputs(), network.outputs());
    for (int step = 0; step < 300; step++) { // 0.5^300 is 0 as a float
      constant.reset(BATCH, step);
      learner.fit(constant);
    }
    for (float weight : learner.state().weights()) {
      assertThat(weight).isFinite();
    }
  }

  private static void assertSameBits(LearnerState a, LearnerState b) {
    assertThat(a.weights()).isEqualTo(b.weights());
    assertThat(a.optimizerState()).isEqualTo(b.optimizerState());
    assertThat(a.iteration()).isEqualTo(b.iteration());
    assertThat(a.epoch()).isEqualTo(b.epoch());
  }

  @Test
  void stateIsBitIdenticalAfterMovingToTheOtherEngineAndBack() {
    NetworkSettings network = images(0.3);
    LearnerState state = fit(torch(network, initialState(network)), network, 0, 5).atEpoch(2);
    Learner dl4j = Dl4jEngine.learner(network);
    dl4j.restore(state);
    assertSameBits(dl4j.state(), state);
    LearnerState further = fit(dl4j, network, 5, 8);
    assertSameBits(torch(network, further).state(), further);
    assertThat(further.iteration()).isEqualTo(8);
  }

  @Test
  void concurrentLearnersAreBitIdenticalToSequentialOnes() throws Exception {
    NetworkSettings network = images(0.5);
    LearnerState expected = fit(torch(network, initialState(network)), network, 0, 30);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<LearnerState> training =
          () -> fit(torch(network, initialState(network)), network, 0, 30);
      for (Future<LearnerState> fitted :
          threads.invokeAll(List.of(training, training, training, training))) {
        assertSameBits(fitted.get(), expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void imagesTrainLikeRowsOfTheirPixelsDividedBy255() {
    NetworkSettings network =
        new NetworkSettings(
            List.of(256),
            List.of(new Dense(5, Activation.TANH), new Dense(3, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            ADAM);
    Minibatch images = Minibatch.ofImages(2, 256, 3, TaskType.MULTI_CLASS);
    Minibatch numbers = new Minibatch(2, 256, 3);
    images.reset(2, 0);
    numbers.reset(2, 0);
    for (int i = 0; i < 512; i++) {
      images.pixels()[i] = (byte) i; // every value of a pixel
      numbers.features()[i] = (float) ((i & 0xff) / 255.0);
    }
    assertThat(images.features()).isEqualTo(numbers.features());
    Learner dl4j = Dl4jEngine.learner(network);
    assertSameBits(fitted(dl4j, network, images), fitted(dl4j, network, numbers));
    // A network of dense layers only scales the products with its first kernel, not the pixels.
    Learner torch = torch(network, initialState(network));
    assertThat(fitted(torch, network, images).weights())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(fitted(torch, network, numbers).weights());
  }

  private static LearnerState fitted(Learner learner, NetworkSettings network, Minibatch batch) {
    learner.restore(initialState(network));
    learner.fit(batch);
    return learner.state();
  }

  @Test
  void dropoutDropsTheExpectedShareInTrainingAndNoInputInPrediction() {
    // A linear layer whose inputs and weights are 1: the gradient is 0 where an input was dropped.
    int inputs = 10_000;
    double rate = 0.3;
    NetworkSettings network =
        new NetworkSettings(
            List.of(inputs),
            List.of(new Dropout(rate), new Dense(2, Activation.LINEAR)),
            Loss.MSE,
            new Optimizer.Sgd(1));
    float[] weights = new float[2 * inputs + 2];
    Arrays.fill(weights, 1f);
    float[] change = changeOfFirstUnit(network, weights, 7);
    long undropped = IntStream.range(0, inputs).filter(i -> change[i] != 0).count();
    // Five standard deviations of a binomial count: 5 sqrt(10,000 x 0.3 x 0.7) = 229.
    assertThat((double) undropped).isCloseTo(7_000, within(229.0));
    assertThat(changeOfFirstUnit(network, weights, 7)).isEqualTo(change);
    assertThat(changeOfFirstUnit(network, weights, 8)).isNotEqualTo(change);
    float[] outputs = new float[2];
    Learner learner = torch(network, LearnerState.fresh(weights));
    learner.predict(ones(inputs, 7), outputs);
    assertThat(outputs).containsOnly(inputs + 1); // no input is dropped or scaled
  }

  /** Returns the change of the first unit's weights by a step on an example of ones. */
  private static float[] changeOfFirstUnit(NetworkSettings network, float[] weights, long key) {
    Learner learner = torch(network, LearnerState.fresh(weights));
    learner.fit(ones(network.inputs(), key));
    float[] after = learner.state().weights();
    float[] change = new float[network.inputs()];
    for (int i = 0; i < change.length; i++) {
      change[i] = after[i] - weights[i];
    }
    return change;
  }

  private static Minibatch ones(int inputs, long key) {
    Minibatch batch = new Minibatch(1, inputs, 2);
    batch.reset(1, key);
    Arrays.fill(batch.features(), 1f);
    batch.label(0, 0);
    return batch;
  }

  @Test
  void geluFollowsTheFormulaWithTheErrorFunction() {
    NetworkSettings network =
        new NetworkSettings(
            List.of(1),
            List.of(new Dense(1, Activation.GELU), new Dense(2, Activation.LINEAR)),
            Loss.MSE,
            new Optimizer.Sgd(1));
    Learner learner = torch(network, LearnerState.fresh(new float[] {1, 0, 1, 1, 0, 0}));
    for (float x = -4; x <= 4; x += 0.25f) {
      Minibatch batch = new Minibatch(1, 1, 2);
      batch.reset(1, 0);
      batch.features()[0] = x;
      float[] outputs = new float[2];
      learner.predict(batch, outputs);
      assertThat((double) outputs[0])
          .isCloseTo(x / 2 * (1 + Erf.erf(x / Math.sqrt(2))), within(1e-6));
    }
  }
}
