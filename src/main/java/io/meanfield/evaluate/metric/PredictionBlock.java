package io.meanfield.evaluate.metric;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.TaskType;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A block of examples with the outputs of a network.
 *
 * @param externalIds the examples' ids in the data; empty if the data have none
 * @param targets [ids.length, width], one-hot for classes; empty if the data have none
 * @param outputs [ids.length, width]
 * @param weights the weights of the examples; empty if all count once
 */
@DefaultSerializer(JavaSerializer.class)
public record PredictionBlock(
    long[] ids,
    String[] externalIds,
    float[] targets,
    float[] outputs,
    OutputSpec spec,
    float[] weights)
    implements Serializable {
  /** Makes a block of examples that all count once. */
  public PredictionBlock(
      long[] ids, String[] externalIds, float[] targets, float[] outputs, OutputSpec spec) {
    this(ids, externalIds, targets, outputs, spec, new float[0]);
  }

  public int count() {
    return ids.length;
  }

  /** Returns the examples in these rows. */
  public PredictionBlock select(int[] rows) {
    return new PredictionBlock(
        Arrays.stream(rows).mapToLong(row -> ids[row]).toArray(),
        externalIds.length == 0
            ? externalIds
            : Arrays.stream(rows).mapToObj(row -> externalIds[row]).toArray(String[]::new),
        selected(targets, rows, isLabelled() ? width() : 0),
        selected(outputs, rows, width()),
        spec,
        selected(weights, rows, isWeighted() ? 1 : 0));
  }

  private static float[] selected(float[] values, int[] rows, int width) {
    float[] chosen = new float[rows.length * width];
    for (int to = 0; to < rows.length; to++) {
      System.arraycopy(values, rows[to] * width, chosen, to * width, width);
    }
    return chosen;
  }

  public boolean isLabelled() {
    return targets.length > 0;
  }

  public boolean isWeighted() {
    return weights.length > 0;
  }

  /** Returns the weight of an example, by which every metric must weight it; 1 without weights. */
  public double weight(int row) {
    return isWeighted() ? weights[row] : 1;
  }

  public int width() {
    return spec.width();
  }

  /** Returns the class of an example according to the data; only if each example has one class. */
  public int actual(int row) {
    return TaskType.predictedClass(targets, row * width(), width());
  }

  /** Returns the class that the model predicts; only if each example has one class. */
  public int predicted(int row) {
    return spec.threshold().predictedClass(outputs, row * width(), width());
  }

  /** Returns whether an example belongs to a class, or has a label. */
  public boolean isActual(int row, int cls) {
    return spec.isSingleLabel() ? actual(row) == cls : TaskType.isPositive(target(row, cls));
  }

  /** Returns whether the network predicts a class, or a label, for an example. */
  public boolean isPredicted(int row, int cls) {
    return spec.isSingleLabel() ? predicted(row) == cls : TaskType.isPositive(output(row, cls));
  }

  /**
   * Returns the output for a class. A network for two classes may have a single output, which
   * belongs to class 1; the output for class 0 is then 1 minus that output.
   */
  public float score(int row, int cls) {
    return width() == 1 && spec.isSingleLabel() && cls == 0
        ? 1 - output(row, 0)
        : output(row, cls % width());
  }

  /**
   * Returns whether the prediction is correct, in a task with several labels in every label.
   *
   * @throws IllegalStateException if the task is a regression
   */
  public boolean isCorrect(int row) {
    return spec.isSingleLabel()
        ? predicted(row) == actual(row)
        : spec.taskType().isCorrect(outputs, targets, row * width(), width());
  }

  public double loss(int row) {
    return spec.loss().of(outputs, targets, row * width(), width());
  }

  /** Returns the squared error of an example, as the mean over the outputs. */
  public double squaredError(int row) {
    return meanError(row, error -> error * error);
  }

  /** Returns the absolute error of an example, as the mean over the outputs. */
  public double absoluteError(int row) {
    return meanError(row, Math::abs);
  }

  private double meanError(int row, DoubleUnaryOperator size) {
    double sum = 0;
    for (int i = 0; i < width(); i++) {
      sum += size.applyAsDouble((double) output(row, i) - target(row, i));
    }
    return sum / width();
  }

  float output(int row, int output) {
    return outputs[row * width() + output];
  }

  float target(int row, int output) {
    return targets[row * width() + output];
  }

  /** Returns all outputs of an example. */
  public float[] outputs(int row) {
    return Arrays.copyOfRange(outputs, row * width(), (row + 1) * width());
  }

  /** Returns all targets of an example; only if the block is labelled. */
  public float[] targets(int row) {
    return Arrays.copyOfRange(targets, row * width(), (row + 1) * width());
  }
}
