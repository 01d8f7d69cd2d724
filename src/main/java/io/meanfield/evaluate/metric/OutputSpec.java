package io.meanfield.evaluate.metric;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Intervals;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import java.io.Serializable;

/**
 * The meaning of a network's outputs, which determines the metrics that apply.
 *
 * @param loss the loss with which the network was trained
 * @param width number of outputs for one example
 * @param threshold from which a network for two classes predicts class 1
 * @param intervals around predictions
 */
@DefaultSerializer(JavaSerializer.class)
public record OutputSpec(
    TaskType taskType, Loss loss, int width, Threshold threshold, Intervals intervals)
    implements Serializable {
  /** Creates the meaning of outputs without a threshold that was set, and without intervals. */
  public OutputSpec(TaskType taskType, Loss loss, int width) {
    this(taskType, loss, width, Threshold.DEFAULT, Intervals.NONE);
  }

  /** Returns the meaning of a network's outputs in a task, without a threshold that was set. */
  public static OutputSpec of(EngineNetwork network, TaskType taskType) {
    return new OutputSpec(
        taskType, network.loss(), network.outputs(), Threshold.DEFAULT, network.intervals());
  }

  /** Returns the same meaning with another threshold. */
  public OutputSpec with(Threshold other) {
    return new OutputSpec(taskType, loss, width, other, intervals);
  }

  /** Returns the number of classes or labels; 0 in a regression. */
  public int classes() {
    return switch (taskType) {
      case BINARY, MULTI_CLASS -> TaskType.classes(width);
      case MULTI_LABEL -> width;
      case REGRESSION -> 0;
    };
  }

  /** Returns whether each example has exactly one class. */
  public boolean isSingleLabel() {
    return taskType.isSingleLabel();
  }

  /** Returns whether each example has one of two classes, so that the model has a threshold. */
  public boolean hasTwoClasses() {
    return isSingleLabel() && classes() == 2;
  }

  /** Returns whether each example has one class and the outputs are class probabilities. */
  public boolean hasClassProbabilities() {
    return taskType.isSingleLabel() && loss.givesProbabilities();
  }

  /** Returns whether the outputs are quantiles of numbers. */
  public boolean areQuantiles() {
    return taskType == TaskType.REGRESSION && loss.kind() == Loss.Kind.PINBALL;
  }

  /** Returns whether the loss is -ln of the probability of the actual class. */
  boolean lossIsLogLoss() {
    return taskType.isSingleLabel() && loss.equals(taskType.logLoss());
  }
}
