package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.BatchHeader;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Computes loss and accuracy of each step on the device and reads only their sums. So a step does
 * not wait for a GPU, and the GPU need not wait for the next step. The formulas are those of {@link
 * Loss} and {@link TaskType}, in double.
 */
final class DeviceScores implements StepScores {
  private static final LongOptional OUTPUT_AXIS = new LongOptional(1).retainReference();

  private final Loss loss;
  private final Tensor lossSum;
  private final Tensor correct;
  private final Tensor scoredWeights;
  private int scored;

  /** Creates scores for a network with this loss on a device. */
  DeviceScores(Loss loss, Device device) {
    this.loss = loss;
    this.lossSum = zero(device);
    this.correct = zero(device);
    this.scoredWeights = zero(device);
  }

  private static Tensor zero(Device device) {
    TensorOptions doubles =
        new TensorOptions(device).dtype(new ScalarTypeOptional(torch.ScalarType.Double));
    return torch.zeros(new long[] {1}, doubles);
  }

  @Override
  public Runnable add(Tensor outputs, LoadedBatch batch) {
    Tensor targets = batch.tensors().targets();
    BatchHeader header = batch.header();
    Tensor losses = losses(loss, doubles(outputs), doubles(targets));
    if (header.weighted()) {
      losses.mul_(batch.tensors().sampleWeights());
    }
    lossSum.add_(losses.sum());
    if (header.task().hasAccuracy()) {
      addAccuracy(correct(header.task(), outputs, targets), batch);
    }
    return () -> {};
  }

  private void addAccuracy(Tensor isCorrect, LoadedBatch batch) {
    if (batch.header().accuracyWeighted()) {
      Tensor weights = doubles(batch.tensors().sampleWeights()).flatten();
      correct.add_(isCorrect.mul(weights).sum());
      scoredWeights.add_(weights.sum());
    } else {
      correct.add_(isCorrect.sum());
      scored += batch.header().size();
    }
  }

  private static Tensor doubles(Tensor floats) {
    return floats.to(torch.ScalarType.Double);
  }

  /** Returns the loss of each example, divided among its outputs: [size, outputs]. */
  private static Tensor losses(Loss loss, Tensor outputs, Tensor targets) {
    Scalar width = ScalarCache.of((double) targets.size(1));
    return switch (loss.kind()) {
      case CATEGORICAL_CROSSENTROPY -> targets.mul(log(outputs)).neg();
      case BINARY_CROSSENTROPY ->
          targets
              .mul(log(outputs))
              .add(oneMinus(targets).mul(log(oneMinus(outputs))))
              .neg()
              .div(width);
      case MSE -> outputs.sub(targets).square().div(width);
      case MAE -> outputs.sub(targets).abs().div(width);
      case HUBER -> huber(outputs.sub(targets).abs(), Loss.HUBER_DELTA).div(width);
    };
  }

  // With c = min(error, delta): c^2 / 2 + delta (error - c), which is both branches of the formula.
  private static Tensor huber(Tensor errors, double delta) {
    Tensor small = errors.clamp_max(ScalarCache.of(delta));
    return small.square().div(ScalarCache.of(2)).add(errors.sub(small).mul(ScalarCache.of(delta)));
  }

  private static Tensor log(Tensor probabilities) {
    return torch
        .clamp(
            probabilities,
            new ScalarOptional(ScalarCache.of(Loss.EPSILON)),
            new ScalarOptional(ScalarCache.of(1 - Loss.EPSILON)))
        .log();
  }

  private static Tensor oneMinus(Tensor numbers) {
    return numbers.neg().add(ScalarCache.of(1));
  }

  /** Returns whether the outputs of each example are correct: [size]. */
  private static Tensor correct(TaskType task, Tensor outputs, Tensor targets) {
    return switch (task) {
      case MULTI_CLASS -> predicted(outputs).eq(predicted(targets));
      case BINARY, MULTI_LABEL -> positive(outputs).eq(positive(targets)).all(1);
      case REGRESSION ->
          throw new IllegalStateException("a regression has no correct or wrong outputs");
    };
  }

  private static Tensor predicted(Tensor numbers) {
    return numbers.argmax(OUTPUT_AXIS, false);
  }

  private static Tensor positive(Tensor numbers) {
    return numbers.ge(ScalarCache.of(TaskType.THRESHOLD));
  }

  /** Reads the sums, which waits for the steps. */
  @Override
  public StepResult take() {
    StepResult sum =
        new StepResult(
            lossSum.item_double(), correct.item_double(), scored + scoredWeights.item_double());
    lossSum.zero_();
    correct.zero_();
    scoredWeights.zero_();
    scored = 0;
    return sum;
  }
}
