package io.meanfield.bench.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Trains the lesson's network on DJL's PyTorch engine with one thread. The 60,000 digits are in
 * memory and are shuffled every epoch.
 */
public final class DjlPeer {
  private static final int BATCH = 128;
  private static final int PIXELS = 784;
  private static final Path DIGITS = Path.of("data/mnist");

  private final NDManager manager;
  private final Trainer trainer;
  private final Random random = new Random(1);
  private final float[] train;
  private final float[] trainLabels;
  private final NDArray test;
  private final float[] testLabels;

  private DjlPeer(NDManager manager, Trainer trainer) throws IOException {
    this.manager = manager;
    this.trainer = trainer;
    this.train = pixels("train-images-idx3-ubyte");
    this.trainLabels = labels("train-labels-idx1-ubyte");
    float[] testPixels = pixels("t10k-images-idx3-ubyte");
    this.test = manager.create(testPixels, new Shape(testPixels.length / PIXELS, PIXELS));
    this.testLabels = labels("t10k-labels-idx1-ubyte");
  }

  /** Takes the number of warm-up epochs. */
  public static void main(String[] args) throws IOException {
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    run(peer -> peer.epochs(Integer.parseInt(args[0])));
    run(DjlPeer::serve);
  }

  private interface Action {
    void run(DjlPeer peer) throws IOException;
  }

  /** Runs {@code action} with an untrained network. */
  private static void run(Action action) throws IOException {
    try (Model model = Model.newInstance("digits", Device.cpu(), "PyTorch")) {
      model.setBlock(
          new SequentialBlock()
              .add(Linear.builder().setUnits(64).build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(32).build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(10).build()));
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .optOptimizer(
                  Optimizer.adam()
                      .optLearningRateTracker(Tracker.fixed(0.001f))
                      .optEpsilon(1e-7f)
                      .build())
              .optDevices(new Device[] {Device.cpu()});
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(BATCH, PIXELS));
        action.run(new DjlPeer(model.getNDManager(), trainer));
      }
    }
  }

  private void serve() throws IOException {
    System.err.println("DJL " + Engine.getInstance().getVersion());
    System.out.println("ready");
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (requests.readLine() != null) {
      long beganNanos = System.nanoTime();
      epoch();
      double seconds = (System.nanoTime() - beganNanos) / 1e9;
      System.out.println(seconds + " " + accuracy());
    }
  }

  private void epochs(int count) {
    for (int epoch = 0; epoch < count; epoch++) {
      epoch();
    }
  }

  private void epoch() {
    int[] order = order(trainLabels.length);
    for (int first = 0; first < order.length; first += BATCH) {
      step(order, first, Math.min(BATCH, order.length - first));
    }
  }

  private void step(int[] order, int first, int size) {
    float[] features = new float[size * PIXELS];
    float[] classes = new float[size];
    for (int row = 0; row < size; row++) {
      int example = order[first + row];
      System.arraycopy(train, example * PIXELS, features, row * PIXELS, PIXELS);
      classes[row] = trainLabels[example];
    }
    try (NDManager scope = manager.newSubManager();
        GradientCollector gradients = trainer.newGradientCollector()) {
      NDList outputs = trainer.forward(new NDList(scope.create(features, new Shape(size, PIXELS))));
      NDArray loss =
          trainer.getLoss().evaluate(new NDList(scope.create(classes, new Shape(size))), outputs);
      gradients.backward(loss);
      trainer.step();
      outputs.close();
      loss.close();
    }
  }

  /** Returns a random permutation of the numbers below {@code count}. */
  private int[] order(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int swapped = random.nextInt(i + 1);
      order[i] = order[swapped];
      order[swapped] = i;
    }
    return order;
  }

  private double accuracy() {
    try (NDList outputs = trainer.evaluate(new NDList(test))) {
      long[] classes = outputs.singletonOrThrow().argMax(1).toLongArray();
      int correct = 0;
      for (int i = 0; i < classes.length; i++) {
        correct += classes[i] == (long) testLabels[i] ? 1 : 0;
      }
      return (double) correct / classes.length;
    }
  }

  private static float[] pixels(String file) throws IOException {
    return numbers(file, 16, 255);
  }

  private static float[] labels(String file) throws IOException {
    return numbers(file, 8, 1);
  }

  private static float[] numbers(String file, int headerBytes, float scale) throws IOException {
    byte[] bytes = Files.readAllBytes(DIGITS.resolve(file));
    float[] numbers = new float[bytes.length - headerBytes];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (bytes[headerBytes + i] & 0xff) / scale;
    }
    return numbers;
  }
}
