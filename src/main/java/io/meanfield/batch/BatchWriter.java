package io.meanfield.batch;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.TargetKind;
import io.meanfield.data.Targets;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.TargetScale;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.AcceptedInputs;

/** Writes examples into minibatches. */
public final class BatchWriter {
  private BatchWriter() {}

  /** Returns the task type of a network on a data set with targets of this kind. */
  public static TaskType taskType(EngineNetwork network, TargetKind targets) {
    return targets.isClass()
        ? TaskType.ofClasses(network.outputs())
        : TaskType.ofNumbers(network.loss(), network.outputs());
  }

  /** Returns the task type of a network on examples of a data set. */
  public static TaskType taskType(EngineNetwork network, Examples examples) {
    return examples.targets() instanceof Targets.Values
        ? TaskType.ofNumbers(network.loss(), network.outputs())
        : TaskType.ofClasses(network.outputs());
  }

  /** Returns an empty buffer for minibatches of the examples. */
  public static Minibatch minibatch(int capacity, EngineNetwork network, Examples examples) {
    TaskType task = taskType(network, examples);
    Minibatch empty =
        examples.features() instanceof Features.Pixels
            ? Minibatch.ofImages(capacity, network.inputs(), network.outputs(), task)
            : new Minibatch(capacity, network.inputs(), network.outputs(), task);
    return empty.accepting(network.settings().acceptedInputs());
  }

  /**
   * Writes the features of an example to a row of the minibatch; images stay bytes.
   *
   * @throws UserException if the minibatch does not accept one of them
   */
  public static void features(Examples examples, int example, Minibatch batch, int row) {
    if (!batch.acceptedInputs().areAny()) {
      requireAccepted(examples, example, batch.acceptedInputs());
    }
    if (examples.features() instanceof Features.Pixels pixels) {
      int width = pixels.width();
      System.arraycopy(pixels.values(), example * width, batch.pixels(), batch.offset(row), width);
    } else {
      examples.features().write(example, batch.features(), batch.offset(row));
    }
  }

  private static void requireAccepted(Examples examples, int example, AcceptedInputs accepted) {
    int width = examples.width();
    if (examples.features() instanceof Features.Floats floats) {
      // Not copied, because this runs for every example.
      requireAccepted(examples, example, accepted, floats.values(), example * width);
    } else {
      float[] inputs = new float[width];
      examples.features().write(example, inputs, 0);
      requireAccepted(examples, example, accepted, inputs, 0);
    }
  }

  private static void requireAccepted(
      Examples examples, int example, AcceptedInputs accepted, float[] inputs, int offset) {
    int width = examples.width();
    accepted
        .firstRefused(inputs, offset, width)
        .ifPresent(
            input -> {
              throw UserException.of(
                  ErrorCode.DATA_UNREADABLE,
                  "input %s of example %s is %s, expected %s; correct the data or"
                      + " network.layers[0]",
                  input,
                  examples.displayName(example),
                  inputs[offset + input],
                  AcceptedInputs.index(accepted.categories(input, width)));
            });
  }

  /** Writes the targets of a labelled example, in this scale, to a row of the minibatch. */
  public static void targets(
      Examples examples, int example, TargetScale scale, Minibatch batch, int row) {
    if (examples.targets() instanceof Targets.Classes classes) {
      batch.label(row, classes.labels()[example]);
    } else if (examples.targets() instanceof Targets.Values values) {
      int first = example * values.width();
      if (scale.isNone()) {
        System.arraycopy(
            values.values(), first, batch.targets(), batch.targetOffset(row), values.width());
      } else {
        scale.scale(values.values(), first, batch.targets(), batch.targetOffset(row));
      }
    } else {
      throw new IllegalStateException("cannot write targets: the examples have none");
    }
  }

  /** Returns the targets of all examples, [count, outputs]; an empty array if they have none. */
  public static float[] targets(Examples examples, EngineNetwork network) {
    if (!examples.isLabelled()) {
      return new float[0];
    }
    Minibatch all = new Minibatch(examples.count(), 0, network.outputs());
    all.reset(examples.count(), 0);
    for (int example = 0; example < examples.count(); example++) {
      targets(examples, example, network.targets(), all, example);
    }
    return all.targets();
  }
}
