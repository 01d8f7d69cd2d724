package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import io.meanfield.network.LearningRateSchedule;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.AcceptedInputs;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.AveragePooling2D;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Embedding;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.Padding;
import io.meanfield.network.layers.SimpleRnn;
import io.meanfield.network.layers.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * LibTorch and DL4J give the same outputs, gradients, weights and optimizer state, except for the
 * rounding errors of 32-bit floats, which grow from the first step to the fiftieth.
 */
class EnginesAgreeTest {
  private static final Set<Loss.Kind> LACKING = Set.of(Loss.Kind.HUBER, Loss.Kind.PINBALL);
  private static final double OUTPUTS_TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 5e-5;
  private static final double ONE_STEP_TOLERANCE = 5e-6;
  private static final double FIFTY_STEPS_TOLERANCE = 2e-3;
  private static final double TINY_BATCH_TOLERANCE = 1e-4;

  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          new Optimizer.Sgd(0.05),
          new Optimizer.Sgd(0.02, 0.9, true),
          new Optimizer.RmsProp(0.001, 1e-3),
          new Optimizer.Adam(0.001, 0.9, 0.999, 1e-3),
          new Optimizer.AdamW(0.001, 0.9, 0.999, 1e-3, 0.1, false));

  private static final List<Double> CLIP_NORMS = List.of(0.0, 0.05);

  /**
   * Returns an activation with a continuous gradient: where the gradient of relu jumps, a rounding
   * error would change it.
   */
  private static Activation smooth(int choice) {
    return List.of(Activation.TANH, Activation.SIGMOID, Activation.ELU, Activation.LINEAR)
        .get(choice);
  }

  private static Activation outputOf(Loss loss) {
    return switch (loss.kind()) {
      case CATEGORICAL_CROSSENTROPY -> Activation.SOFTMAX;
      case BINARY_CROSSENTROPY -> Activation.SIGMOID;
      default -> Activation.LINEAR;
    };
  }

  /** Fills the minibatch with random features that the network accepts, and random labels. */
  private static void fill(Minibatch batch, int size, NetworkSettings network, Random random) {
    batch.reset(size, random.nextLong());
    AcceptedInputs accepted = network.acceptedInputs();
    for (int i = 0; i < size * network.inputs(); i++) {
      int categories = accepted.categories(i % network.inputs(), network.inputs());
      batch.features()[i] = categories == 0 ? random.nextFloat() : random.nextInt(categories);
    }
    for (int row = 0; row < size; row++) {
      batch.label(row, random.nextInt(network.outputs()));
    }
  }

  /** Returns the largest difference: relative for numbers above 1, absolute for smaller ones. */
  private static double distance(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      double size = Math.max(1, Math.max(Math.abs(a[i]), Math.abs(b[i])));
      double distance = Math.abs(a[i] - b[i]) / size;
      worst = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(worst, distance);
    }
    return worst;
  }

  private static void assertClose(LearnerState torch, LearnerState dl4j, double tolerance) {
    assertThat(distance(torch.weights(), dl4j.weights())).isLessThan(tolerance);
    assertThat(distance(torch.optimizerState(), dl4j.optimizerState())).isLessThan(tolerance);
    assertThat(torch.iteration()).isEqualTo(dl4j.iteration());
    assertThat(torch.epoch()).isEqualTo(dl4j.epoch());
  }

  private static void assertAgree(NetworkSettings network, int batchSize, long seed) {
    assertAgree(network, batchSize, seed, 50, FIFTY_STEPS_TOLERANCE);
  }

  /**
   * Asserts that both engines agree: the first step within fixed tolerances, the state after the
   * last step within {@code tolerance}, and the predictions between within ten times that.
   */
  private static void assertAgree(
      NetworkSettings network, int batchSize, long seed, int steps, double tolerance) {
    Learner torch = TorchEngine.learner(network, Precision.FLOAT32, Device.CPU);
    Learner dl4j = Dl4jEngine.learner(network);
    LearnerState start = Model.untrained(network, seed).state();
    torch.restore(start);
    dl4j.restore(start);
    Minibatch batch = new Minibatch(batchSize, network.inputs(), network.outputs());
    Random random = new Random(seed);
    for (int step = 0; step < steps; step++) {
      fill(batch, step % 3 == 2 ? batchSize / 2 + 1 : batchSize, network, random);
      assertPredictionsAgree(
          torch, dl4j, batch, network, step == 0 ? OUTPUTS_TOLERANCE : 10 * tolerance);
      if (step == 0) {
        assertGradientsAgree(network, batch, seed);
      }
      StepResult torchResult = torch.fit(batch);
      StepResult dl4jResult = dl4j.fit(batch);
      if (step == 0) {
        assertClose(torch.state(), dl4j.state(), ONE_STEP_TOLERANCE);
        assertThat(Math.abs(torchResult.lossSum() - dl4jResult.lossSum()))
            .isLessThan(1e-4 * Math.max(1, dl4jResult.lossSum()));
      }
    }
    assertClose(torch.state(), dl4j.state(), tolerance);
  }

  /** Compares the gradients: what a step of sgd with a rate of 1 subtracts from the weights. */
  private static void assertGradientsAgree(NetworkSettings network, Minibatch batch, long seed) {
    NetworkSettings plain =
        new NetworkSettings(
            network.input(), network.layers(), network.loss(), new Optimizer.Sgd(1));
    LearnerState start = Model.untrained(plain, seed).state();
    float[][] gradients = new float[2][];
    int engine = 0;
    for (Learner learner :
        List.of(
            TorchEngine.learner(plain, Precision.FLOAT32, Device.CPU), Dl4jEngine.learner(plain))) {
      learner.restore(start);
      learner.fit(batch);
      gradients[engine++] = difference(start.weights(), learner.state().weights());
    }
    assertThat(distance(gradients[0], gradients[1])).isLessThan(GRADIENT_TOLERANCE);
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static void assertPredictionsAgree(
      Learner torch, Learner dl4j, Minibatch batch, NetworkSettings network, double tolerance) {
    float[] torchOutputs = new float[batch.size() * network.outputs()];
    float[] dl4jOutputs = new float[torchOutputs.length];
    torch.predict(batch, torchOutputs);
    dl4j.predict(batch, dl4jOutputs);
    assertThat(distance(torchOutputs, dl4jOutputs)).isLessThan(tolerance);
  }

  @Property(tries = 4)
  void enginesAgreeOnDenseNetworks(
      @ForAll @IntRange(max = 3) int activation,
      @ForAll Loss loss,
      @ForAll @IntRange(max = 4) int optimizer,
      @ForAll @IntRange(max = 1) int clipping,
      @ForAll boolean penalty,
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @IntRange(min = 1, max = 30) int units,
      @ForAll @IntRange(min = 2, max = 12) int outputs,
      @ForAll @IntRange(min = 1, max = 33) int batchSize,
      @ForAll long seed) {
    Assume.that(!LACKING.contains(loss.kind())); // in DL4J
    double l2 = penalty ? 0.01 : 0;
    NetworkSettings network =
        new NetworkSettings(
            List.of(inputs),
            List.of(
                new Dense(units, smooth(activation), l2), new Dense(outputs, outputOf(loss), l2)),
            loss,
            OPTIMIZERS.get(optimizer),
            CLIP_NORMS.get(clipping),
            LearningRateSchedule.cosine(60, 0.1).after(3),
            1);
    // A rounding error can change the sign of mae's gradient.
    assertAgree(
        network, batchSize, seed, 50, loss.kind() == Loss.Kind.MAE ? 0.1 : FIFTY_STEPS_TOLERANCE);
  }

  @Property(tries = 4)
  void enginesAgreeOnEveryActivationThatDl4jHas(@ForAll Activation activation, @ForAll long seed) {
    Assume.that(activation != Activation.GELU); // DL4J's gelu has a different formula
    NetworkSettings network =
        new NetworkSettings(
            List.of(7),
            List.of(new Dense(9, activation), new Dense(6, activation), new Dense(3, activation)),
            Loss.MSE,
            new Optimizer.Sgd(0.05));
    boolean gradientJumps = activation == Activation.RELU || activation == Activation.LEAKY_RELU;
    assertAgree(network, 8, seed, 50, gradientJumps ? 0.02 : FIFTY_STEPS_TOLERANCE);
  }

  @Property(tries = 3)
  void enginesAgreeOnConvolutionsAndPooling(
      @ForAll @IntRange(min = 5, max = 11) int height,
      @ForAll @IntRange(min = 5, max = 11) int width,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 3) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 3) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 2) int stride,
      @ForAll Padding padding,
      @ForAll boolean max,
      @ForAll @IntRange(max = 4) int optimizer,
      @ForAll long seed) {
    Size pool = new Size(2, 2);
    Layer pooling = max ? new MaxPooling2D(pool, new Size(2, 1)) : new AveragePooling2D(pool, pool);
    NetworkSettings network =
        new NetworkSettings(
            List.of(height, width, channels),
            List.of(
                new Conv2D(
                    4,
                    new Size(kernelHeight, kernelWidth),
                    new Size(stride, 1),
                    padding,
                    Activation.TANH,
                    0.001),
                pooling,
                new Flatten(),
                new Dense(5, Activation.ELU),
                new Dense(3, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            OPTIMIZERS.get(optimizer));
    assertAgree(network, 6, seed, 50, max ? 0.02 : FIFTY_STEPS_TOLERANCE);
  }

  @Property(tries = 3)
  void enginesAgreeOnRecurrentNetworks(
      @ForAll boolean lstm,
      @ForAll boolean stacked,
      @ForAll @IntRange(min = 1, max = 9) int steps,
      @ForAll @IntRange(min = 1, max = 6) int features,
      @ForAll @IntRange(min = 1, max = 8) int units,
      @ForAll @IntRange(max = 4) int optimizer,
      @ForAll @IntRange(max = 1) int clipping,
      @ForAll long seed) {
    List<Layer> layers = new ArrayList<>();
    if (stacked) {
      layers.add(
          lstm
              ? new Lstm(units + 1, true, 0.001)
              : new SimpleRnn(units + 1, Activation.SIGMOID, true, 0));
    }
    layers.add(
        lstm ? new Lstm(units, false, 0) : new SimpleRnn(units, Activation.TANH, false, 0.001));
    layers.add(new Dense(4, Activation.SOFTMAX));
    NetworkSettings network =
        new NetworkSettings(
            List.of(steps, features),
            layers,
            Loss.CATEGORICAL_CROSSENTROPY,
            OPTIMIZERS.get(optimizer),
            CLIP_NORMS.get(clipping),
            LearningRateSchedule.CONSTANT,
            1);
    assertAgree(network, 5, seed);
  }

  @Property(tries = 4)
  void enginesAgreeOnEmbeddings(
      @ForAll @IntRange(min = 1, max = 9) int steps,
      @ForAll @IntRange(min = 1, max = 12) int categories,
      @ForAll @IntRange(min = 1, max = 6) int units,
      @ForAll boolean lstm,
      @ForAll @IntRange(max = 4) int optimizer,
      @ForAll @IntRange(max = 1) int clipping,
      @ForAll @IntRange(min = 1, max = 7) int batchSize,
      @ForAll long seed) {
    NetworkSettings network =
        new NetworkSettings(
            List.of(steps),
            List.of(
                new Embedding(units, categories),
                lstm ? new Lstm(3, false, 0) : new SimpleRnn(3, Activation.TANH, false, 0.001),
                new Dense(4, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            OPTIMIZERS.get(optimizer),
            CLIP_NORMS.get(clipping),
            LearningRateSchedule.CONSTANT,
            1);
    assertAgree(network, batchSize, seed);
  }

  @Property(tries = 3)
  void enginesAgreeOnBatchNormalisation(
      @ForAll boolean image,
      @ForAll @IntRange(max = 4) int optimizer,
      @ForAll @IntRange(max = 1) int clipping,
      @ForAll @IntRange(min = 4, max = 12) int batchSize,
      @ForAll long seed) {
    assertAgree(normalised(image, optimizer, clipping), batchSize, seed);
  }

  /**
   * Batch normalisation maps two examples to about 1 and -1, depending on which is larger. If they
   * are almost equal, a rounding error can swap them, so every step starts from the same state on
   * both engines.
   */
  @Property(tries = 3)
  void enginesAgreeOnBatchNormalisationOfTinyMinibatches(
      @ForAll boolean image,
      @ForAll @IntRange(max = 4) int optimizer,
      @ForAll @IntRange(max = 1) int clipping,
      @ForAll @IntRange(min = 1, max = 3) int batchSize,
      @ForAll long seed) {
    NetworkSettings network = normalised(image, optimizer, clipping);
    Learner torch = TorchEngine.learner(network, Precision.FLOAT32, Device.CPU);
    Learner dl4j = Dl4jEngine.learner(network);
    dl4j.restore(Model.untrained(network, seed).state());
    Minibatch batch = new Minibatch(batchSize, network.inputs(), network.outputs());
    Random random = new Random(seed);
    for (int step = 0; step < 50; step++) {
      torch.restore(dl4j.state());
      fill(batch, batchSize, network, random);
      torch.fit(batch);
      dl4j.fit(batch);
      assertClose(torch.state(), dl4j.state(), TINY_BATCH_TOLERANCE);
    }
  }

  @Property(tries = 2)
  void enginesAgreeOnBatchNormalisationAfterFlatten(@ForAll long seed) {
    assertAgree(
        new NetworkSettings(
            List.of(5, 4, 2),
            List.of(
                new Conv2D(3, new Size(2, 2), new Size(1, 1), Padding.VALID, Activation.TANH, 0),
                new Flatten(),
                new BatchNormalization(0.9, 0.01),
                new Dense(3, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.05)),
        16,
        seed,
        20,
        FIFTY_STEPS_TOLERANCE);
  }

  private static NetworkSettings normalised(boolean image, int optimizer, int clipping) {
    BatchNormalization normalization = new BatchNormalization(0.9, 0.01);
    List<Layer> layers =
        image
            ? List.of(
                new Conv2D(3, new Size(3, 3), new Size(1, 1), Padding.VALID, Activation.LINEAR, 0),
                normalization,
                new Flatten(),
                new Dense(3, Activation.SOFTMAX))
            : List.of(
                new Flatten(),
                new Dense(9, Activation.TANH),
                normalization,
                new Dense(5, Activation.TANH),
                new BatchNormalization(0.99, 0.001),
                new Dense(3, Activation.SOFTMAX));
    return new NetworkSettings(
        List.of(6, 6, 2),
        layers,
        Loss.CATEGORICAL_CROSSENTROPY,
        OPTIMIZERS.get(optimizer),
        CLIP_NORMS.get(clipping),
        LearningRateSchedule.CONSTANT,
        1);
  }
}
