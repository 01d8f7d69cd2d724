package io.meanfield.engine;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.TestNetworks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Trains a network on two devices and compares the results and the speed. */
final class GpuCheck {
  /**
   * The networks of the check, by name; their optimizers do not amplify differences of rounding.
   */
  static final Map<String, NetworkSettings> NETWORKS = new LinkedHashMap<>();

  /**
   * The largest difference of a weight, of an output and, relative, of the loss. LibTorch
   * multiplies with 10 bits of mantissa in convolutions on a GPU, which gives relative errors of
   * 2^-11.
   */
  static final double TOLERANCE = 1e-3;

  private static void add(String name, String input, String layers, String optimizer) {
    NETWORKS.put(
        name,
        TestNetworks.of(
            "network { input = "
                + input
                + ", layers = [ "
                + layers
                + ", { dense = 10, activation = softmax } ], loss = categorical_crossentropy,"
                + " optimizer { schedule { name = constant, warmup-steps = 0 }, "
                + optimizer
                + " } }"));
  }

  static {
    add(
        "dense",
        "[784]",
        "{ dense = 1024, activation = relu }, { dense = 1024, activation = relu }",
        "name = adam, epsilon = 0.001");
    add(
        "conv2d",
        "[28, 28, 1]",
        "{ conv2d = 20, kernel = [5, 5], activation = relu }, { max-pooling2d = [2, 2] },"
            + " { batch-normalization = true }, { flatten = true }, { dropout = 0.2 },"
            + " { dense = 100, activation = tanh }",
        "name = sgd, momentum = 0.9, clip-norm = 1");
    add(
        "lstm",
        "[28, 28]",
        "{ lstm = 64, return-sequences = true }, { simple-rnn = 32 }",
        "name = rmsprop, epsilon = 0.001");
  }

  private final NetworkSettings network;
  private final int steps;
  private final int batchSize;

  /** Prepares a check with so many steps on minibatches of so many examples. */
  GpuCheck(NetworkSettings network, int steps, int batchSize) {
    this.network = network;
    this.steps = steps;
    this.batchSize = batchSize;
  }

  /**
   * The result of a training.
   *
   * @param outputs for the first minibatch, after the training
   * @param seconds of the steps, without those that warm up
   */
  private record Trained(LearnerState state, StepResult sum, float[] outputs, double seconds) {}

  /**
   * The largest differences between two devices, and their speed.
   *
   * @param loss relative
   * @param reference examples a second on the device of the expected results
   * @param checked examples a second on the other device
   */
  record Comparison(double weights, double outputs, double loss, double reference, double checked) {
    /** Returns what differs by more than the tolerance; empty if nothing does. */
    Optional<String> problem() {
      boolean isEqual = weights <= TOLERANCE && outputs <= TOLERANCE && loss <= TOLERANCE;
      return isEqual
          ? Optional.empty()
          : Optional.of(
              "expected differences of at most "
                  + TOLERANCE
                  + ", found "
                  + weights
                  + " (weights), "
                  + outputs
                  + " (outputs), "
                  + loss
                  + " (loss)");
    }
  }

  /**
   * Compares a device with another.
   *
   * @throws io.meanfield.error.UserException if the engine cannot compute on {@code checked}
   */
  Comparison compare(Device reference, Device checked) {
    Trained expected = train(reference);
    Trained found = train(checked);
    double examples = (double) steps * batchSize;
    return new Comparison(
        largestDifference(found.state().weights(), expected.state().weights()),
        largestDifference(found.outputs(), expected.outputs()),
        Math.abs(found.sum().lossSum() / expected.sum().lossSum() - 1),
        examples / expected.seconds(),
        examples / found.seconds());
  }

  private Trained train(Device device) {
    return Learners.withLearner(new EngineNetwork(network, Engine.TORCH), device, this::train);
  }

  private Trained train(Learner learner) {
    learner.restore(Model.untrained(network, 1).state());
    fit(learner); // warms up
    learner.restore(Model.untrained(network, 1).state());
    long began = System.nanoTime();
    StepResult sum = fit(learner);
    LearnerState state = learner.state();
    double seconds = (System.nanoTime() - began) / 1e9;
    float[] outputs = new float[batchSize * network.outputs()];
    batches(1).forEach(batch -> learner.predict(batch, outputs));
    return new Trained(state, sum, outputs, seconds);
  }

  private StepResult fit(Learner learner) {
    return batches(steps).map(learner::fit).reduce(StepResult.NONE, StepResult::plus);
  }

  /** Returns minibatches of random numbers, each in the same buffer. */
  private Stream<Minibatch> batches(int count) {
    Random random = new Random(5);
    Minibatch batch = new Minibatch(batchSize, network.inputs(), network.outputs());
    return IntStream.range(0, count)
        .mapToObj(
            step -> {
              batch.reset(batchSize, step);
              for (int row = 0; row < batchSize; row++) {
                int label = random.nextInt(network.outputs());
                batch.label(row, label);
                for (int i = 0; i < network.inputs(); i++) {
                  batch.features()[batch.offset(row) + i] =
                      random.nextFloat() * (i % network.outputs() == label ? 1 : 0.5f);
                }
              }
              return batch;
            });
  }

  private static double largestDifference(float[] found, float[] expected) {
    return IntStream.range(0, expected.length)
        .mapToDouble(i -> Math.abs((double) found[i] - expected[i]))
        .max()
        .orElseThrow();
  }
}
