package io.meanfield.network;

import java.util.Arrays;

/**
 * A reusable buffer for the examples of one minibatch: features [size, inputs] and targets [size,
 * outputs].
 */
public final class Minibatch {
  private final int inputs;
  private final int outputs;
  private final Task task;
  private final float[] features;
  private final float[] targets;
  private int size;
  private long key;

  /** A buffer for examples that have a class each. */
  public Minibatch(int capacity, int inputs, int outputs) {
    this(capacity, inputs, outputs, Task.ofClasses(outputs));
  }

  /**
   * A buffer.
   *
   * @param task that the targets are for
   */
  public Minibatch(int capacity, int inputs, int outputs, Task task) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.task = task;
    this.features = new float[Math.multiplyExact(capacity, inputs)];
    this.targets = new float[Math.multiplyExact(capacity, outputs)];
  }

  /**
   * Empties the buffer; the next {@code count} rows are the minibatch.
   *
   * @param drawnFrom what chance in its step is drawn from: a function of seed, epoch, step and
   *     worker, so that whoever fits it draws the same
   */
  public void begin(int count, long drawnFrom) {
    size = count;
    key = drawnFrom;
    Arrays.fill(targets, 0, count * outputs, 0);
  }

  /** Where the features of {@code row} begin in {@link #features()}. */
  public int offset(int row) {
    return row * inputs;
  }

  /** Where the targets of {@code row} begin in {@link #targets()}. */
  public int targetOffset(int row) {
    return row * outputs;
  }

  /** Writes a class as targets: one-hot, or for a single output the class itself, 0 or 1. */
  public void label(int row, int label) {
    if (outputs == 1) {
      targets[row] = label;
    } else {
      targets[row * outputs + label] = 1;
    }
  }

  /** What chance in the step on this minibatch is drawn from. */
  public long key() {
    return key;
  }

  public int size() {
    return size;
  }

  public int outputs() {
    return outputs;
  }

  public Task task() {
    return task;
  }

  public float[] features() {
    return features;
  }

  public float[] targets() {
    return targets;
  }
}
