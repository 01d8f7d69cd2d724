package io.meanfield.evaluate.metric;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.io.Serializable;

/**
 * What the outputs of a network stand for; decides which metrics apply.
 *
 * @param loss that the network was trained with
 * @param width outputs of one example
 */
@DefaultSerializer(JavaSerializer.class)
public record OutputSpec(TaskType taskType, Loss loss, int width) implements Serializable {
  /** Returns what the outputs of a network stand for in a task. */
  public static OutputSpec of(EngineNetwork architecture, TaskType taskType) {
    return new OutputSpec(taskType, architecture.loss(), architecture.outputs());
  }

  /** Number of classes or labels; 0 in a regression. */
  public int classes() {
    return switch (taskType) {
      case BINARY, MULTI_CLASS -> TaskType.classes(width);
      case MULTI_LABEL -> width;
      case REGRESSION -> 0;
    };
  }

  /** Whether each example has exactly one class. */
  public boolean isSingleLabel() {
    return taskType.isSingleLabel();
  }

  /** Whether the outputs are the probabilities of classes of which each example has one. */
  public boolean hasClassProbabilities() {
    return taskType.isSingleLabel() && loss.givesProbabilities();
  }

  /** Whether the loss is -ln of the actual class' probability. */
  boolean lossIsLogLoss() {
    return taskType.isSingleLabel() && loss == taskType.logLoss();
  }
}
