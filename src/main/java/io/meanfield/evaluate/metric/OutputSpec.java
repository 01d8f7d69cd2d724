package io.meanfield.evaluate.metric;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.io.Serializable;

/**
 * The meaning of a network's outputs, which determines the metrics that apply.
 *
 * @param loss the loss with which the network was trained
 * @param width number of outputs for one example
 */
@DefaultSerializer(JavaSerializer.class)
public record OutputSpec(TaskType taskType, Loss loss, int width) implements Serializable {
  /** Returns the meaning of a network's outputs in a task. */
  public static OutputSpec of(EngineNetwork network, TaskType taskType) {
    return new OutputSpec(taskType, network.loss(), network.outputs());
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

  /** Returns whether each example has one class and the outputs are class probabilities. */
  public boolean hasClassProbabilities() {
    return taskType.isSingleLabel() && loss.givesProbabilities();
  }

  /** Returns whether the loss is -ln of the probability of the actual class. */
  boolean lossIsLogLoss() {
    return taskType.isSingleLabel() && loss == taskType.logLoss();
  }
}
