package io.meanfield.batch;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.TargetKind;
import io.meanfield.data.Targets;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.TaskType;

/** Where data meet a network: examples go into minibatches here, and nowhere else. */
public final class BatchWriter {
  private BatchWriter() {}

  /** What a network is asked for by a data set. */
  public static TaskType taskType(EngineNetwork architecture, TargetKind answers) {
    return answers.isClass()
        ? TaskType.ofClasses(architecture.outputs())
        : TaskType.ofNumbers(architecture.loss(), architecture.outputs());
  }

  /** What a network is asked for by examples that are part of a data set. */
  public static TaskType taskType(EngineNetwork architecture, Examples examples) {
    return examples.targets() instanceof Targets.Values
        ? TaskType.ofNumbers(architecture.loss(), architecture.outputs())
        : TaskType.ofClasses(architecture.outputs());
  }

  /** A buffer for minibatches of the examples. */
  public static Minibatch minibatch(int capacity, EngineNetwork architecture, Examples examples) {
    TaskType task = taskType(architecture, examples);
    int inputs = architecture.inputs();
    int outputs = architecture.outputs();
    return examples.features() instanceof Features.Pixels
        ? Minibatch.ofImages(capacity, inputs, outputs, task)
        : new Minibatch(capacity, inputs, outputs, task);
  }

  /** Writes what the network sees of an example to a row of the minibatch. */
  public static void features(Examples examples, int example, Minibatch batch, int row) {
    if (examples.features() instanceof Features.Pixels images) {
      System.arraycopy(
          images.values(),
          example * images.width(),
          batch.pixels(),
          batch.offset(row),
          images.width());
    } else {
      examples.features().write(example, batch.features(), batch.offset(row));
    }
  }

  /** Writes what the network should say to an example to a row of the minibatch. */
  public static void targets(Examples examples, int example, Minibatch batch, int row) {
    if (examples.targets() instanceof Targets.Values numbers) {
      System.arraycopy(
          numbers.values(),
          example * numbers.width(),
          batch.targets(),
          batch.targetOffset(row),
          numbers.width());
    } else {
      batch.label(row, examples.label(example));
    }
  }

  /** The targets of all examples, [count, outputs]; empty where the data have none. */
  public static float[] targets(Examples examples, EngineNetwork architecture) {
    if (!examples.labelled()) {
      return new float[0];
    }
    Minibatch all = new Minibatch(examples.count(), 0, architecture.outputs());
    all.reset(examples.count(), 0);
    for (int example = 0; example < examples.count(); example++) {
      targets(examples, example, all, example);
    }
    return all.targets();
  }
}
