package io.meanfield.learner;

import io.meanfield.data.PixelScale;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.AcceptedInputs;
import java.util.Arrays;

/**
 * A reusable buffer for the examples of one minibatch: features [size, inputs] and targets [size,
 * outputs]. Images are stored as bytes; an engine reads the bytes, or the scaled {@link
 * #features()}.
 */
public final class Minibatch {
  // The features of images are allocated on demand, because not every engine reads them.
  private static final float[] NOT_ALLOCATED = {};

  private final int inputs;
  private final int outputs;
  private final TaskType task;
  private float[] features;
  private final byte[] pixels;
  private final float[] targets;
  private float[] sampleWeights = new float[0];
  private boolean weighted;
  private boolean accuracyWeighted;
  private int size;
  private long key;
  private AcceptedInputs acceptedInputs = new AcceptedInputs.Any();

  /** Creates a buffer for examples whose features are numbers and that have one class each. */
  public Minibatch(int capacity, int inputs, int outputs) {
    this(capacity, inputs, outputs, TaskType.ofClasses(outputs));
  }

  /**
   * Creates a buffer for examples whose features are numbers.
   *
   * @param task of the network
   */
  public Minibatch(int capacity, int inputs, int outputs, TaskType task) {
    this(capacity, inputs, outputs, task, new byte[0]);
  }

  private Minibatch(int capacity, int inputs, int outputs, TaskType task, byte[] pixels) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.task = task;
    this.features =
        pixels.length > 0 ? NOT_ALLOCATED : new float[Math.multiplyExact(capacity, inputs)];
    this.pixels = pixels;
    this.targets = new float[Math.multiplyExact(capacity, outputs)];
  }

  /**
   * Returns a buffer for images with one unsigned byte per pixel; the features are scaled to 0 … 1.
   */
  public static Minibatch ofImages(int capacity, int inputs, int outputs, TaskType task) {
    return new Minibatch(
        capacity, inputs, outputs, task, new byte[Math.multiplyExact(capacity, inputs)]);
  }

  /** Sets the numbers that are allowed as features, by default any number; returns the buffer. */
  public Minibatch accepting(AcceptedInputs accepted) {
    acceptedInputs = accepted;
    return this;
  }

  /** Returns the numbers that are allowed as features. */
  public AcceptedInputs acceptedInputs() {
    return acceptedInputs;
  }

  /**
   * Starts a minibatch of {@code count} rows: sets their targets to 0 and removes sample weights.
   * Features remain until they are overwritten.
   *
   * @param randomKey the key of the random numbers in the step: in training a function of seed,
   *     epoch, worker and step, so that a repeated step draws the same numbers
   */
  public void reset(int count, long randomKey) {
    size = count;
    key = randomKey;
    weighted = false;
    accuracyWeighted = false;
    Arrays.fill(targets, 0, count * outputs, 0);
  }

  /** Returns the offset of {@code row} in {@link #features()} and {@link #pixels()}. */
  public int offset(int row) {
    return row * inputs;
  }

  /** Returns the offset of {@code row} in {@link #targets()}. */
  public int targetOffset(int row) {
    return row * outputs;
  }

  /**
   * Writes a class as the targets of a row: one-hot, or the class itself (0 or 1) if there is one
   * output.
   */
  public void label(int row, int label) {
    if (outputs == 1) {
      targets[row] = label;
    } else {
      targets[row * outputs + label] = 1;
    }
  }

  /**
   * Sets the weight by which the loss of a row, and so its gradient, is multiplied: Keras' {@code
   * sample_weight}. Rows without a weight have weight 1. The loss remains the sum over the rows,
   * and the gradient of a step remains the sum divided by {@link #size()}.
   */
  public void setWeight(int row, float weight) {
    if (!weighted) {
      if (sampleWeights.length == 0) {
        sampleWeights = new float[targets.length / outputs];
      }
      Arrays.fill(sampleWeights, 0, size, 1);
      weighted = true;
    }
    sampleWeights[row] = weight;
  }

  /** Makes the weights of the rows count in the accuracy as they do in the loss. */
  public void weightAccuracy() {
    accuracyWeighted = true;
  }

  /** Returns whether the weights of the rows count in the accuracy. */
  public boolean isAccuracyWeighted() {
    return accuracyWeighted;
  }

  /** Returns whether a row of the minibatch has a weight. */
  public boolean isWeighted() {
    return weighted;
  }

  /** Returns the weights of the rows of a weighted minibatch; the array may be longer. */
  public float[] sampleWeights() {
    return sampleWeights;
  }

  /** Returns the weight of a row; 1 if the row has none. */
  public float sampleWeight(int row) {
    return weighted ? sampleWeights[row] : 1;
  }

  /** Returns the key of the random numbers in the step on this minibatch. */
  public long key() {
    return key;
  }

  /** Returns the number of rows. */
  public int size() {
    return size;
  }

  public int outputs() {
    return outputs;
  }

  public TaskType task() {
    return task;
  }

  /** Returns whether the examples are images. */
  public boolean holdsImages() {
    return pixels.length > 0;
  }

  /** Returns the images, [size, inputs]. Callers write to this array, which may be longer. */
  public byte[] pixels() {
    return pixels;
  }

  /**
   * Returns the features, [size, inputs], in an array that may be longer. For images, computes them
   * from the pixels; else callers write to this array.
   */
  public float[] features() {
    if (holdsImages()) {
      if (features == NOT_ALLOCATED) {
        features = new float[pixels.length];
      }
      for (int i = 0; i < size * inputs; i++) {
        features[i] = PixelScale.scaled(pixels[i]);
      }
    }
    return features;
  }

  /** Returns the targets, [size, outputs]. Callers write to this array, which may be longer. */
  public float[] targets() {
    return targets;
  }
}
