package io.meanfield.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.learner.Device;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.Minibatches;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scores that a learner on a GPU computes, here on the CPU, against those of Java. */
class DeviceScoresTest {
  private static final int SIZE = 20;
  private static final int STEPS = 5;

  private static NetworkSettings network(Loss loss, Activation activation, int outputs) {
    return new NetworkSettings(
        List.of(4),
        List.of(new Dense(5, Activation.TANH), new Dense(outputs, activation)),
        loss,
        new Optimizer.Adam(0.05, 0.9, 0.999, 1e-7));
  }

  private static TorchLearner learner(NetworkSettings network, StepScores scores) {
    BatchLoader loader =
        new StepwiseLoader(new InputBuffers(network, LibTorch.torchDevice(Device.CPU)));
    TorchLearner learner = new TorchLearner(network, Device.CPU, new TrainingPath(loader, scores));
    learner.restore(Model.untrained(network, 3).state());
    return learner;
  }

  private static TorchLearner onDevice(NetworkSettings network) {
    return learner(network, new DeviceScores(network.loss(), LibTorch.torchDevice(Device.CPU)));
  }

  private static TorchLearner onHost(NetworkSettings network) {
    return learner(network, new HostScores(network.loss()));
  }

  /** Returns minibatches in one buffer, as training reuses it. */
  private static Minibatches batches(NetworkSettings network, TaskType task, boolean weighted) {
    return Minibatches.computed(stream(network, task, weighted));
  }

  private static Stream<Minibatch> stream(
      NetworkSettings network, TaskType task, boolean weighted) {
    Random random = new Random(1);
    Minibatch batch = new Minibatch(SIZE, network.inputs(), network.outputs(), task);
    return IntStream.range(0, STEPS)
        .mapToObj(
            step -> {
              batch.reset(SIZE - step, step);
              for (int i = 0; i < batch.features().length; i++) {
                batch.features()[i] = random.nextFloat();
              }
              for (int row = 0; row < batch.size(); row++) {
                fillTargets(batch, task, row, random);
                if (weighted) {
                  batch.setWeight(row, random.nextFloat());
                  batch.weightAccuracy();
                }
              }
              return batch;
            });
  }

  private static void fillTargets(Minibatch batch, TaskType task, int row, Random random) {
    if (task.isSingleLabel()) {
      batch.label(row, random.nextInt(TaskType.classes(batch.outputs())));
      return;
    }
    for (int i = 0; i < batch.outputs(); i++) {
      batch.targets()[batch.targetOffset(row) + i] =
          task == TaskType.REGRESSION ? random.nextFloat() : random.nextInt(2);
    }
  }

  private static void assertEqual(StepResult found, StepResult expected) {
    assertThat(found.correct()).isCloseTo(expected.correct(), within(1e-10));
    assertThat(found.scored()).isCloseTo(expected.scored(), within(1e-10));
    assertThat(found.lossSum()).isCloseTo(expected.lossSum(), within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({
    "CATEGORICAL_CROSSENTROPY, SOFTMAX, 3, MULTI_CLASS, false",
    "CATEGORICAL_CROSSENTROPY, SOFTMAX, 3, MULTI_CLASS, true",
    "BINARY_CROSSENTROPY, SIGMOID, 1, BINARY, true",
    "BINARY_CROSSENTROPY, SIGMOID, 4, MULTI_LABEL, false",
    "MSE, LINEAR, 3, REGRESSION, true",
    "MAE, TANH, 3, REGRESSION, false",
    "HUBER, LINEAR, 3, REGRESSION, true",
    "MSE, SIGMOID, 1, BINARY, false"
  })
  void scoresOfADeviceAreThoseOfJavaAndChangeNoWeight(
      Loss.Kind loss, Activation activation, int outputs, TaskType task, boolean weighted) {
    NetworkSettings network = network(Loss.of(loss), activation, outputs);
    TorchLearner device = onDevice(network);
    TorchLearner host = onHost(network);
    StepResult expected = host.fit(batches(network, task, weighted));
    assertThat(expected.lossSum()).isPositive();
    assertEqual(device.fit(batches(network, task, weighted)), expected);
    assertThat(device.state().weights()).isEqualTo(host.state().weights());
    // A second round starts from 0.
    assertEqual(
        device.fit(batches(network, task, weighted)), host.fit(batches(network, task, weighted)));
  }

  @Test
  void sumOfARoundHasTheBitsOfTheSumOfItsSteps() {
    NetworkSettings network = network(Loss.CATEGORICAL_CROSSENTROPY, Activation.SOFTMAX, 3);
    TorchLearner steps = onHost(network);
    double sum = 0;
    for (double lossSum :
        stream(network, TaskType.MULTI_CLASS, true)
            .mapToDouble(batch -> steps.fit(batch).lossSum())
            .toArray()) {
      sum += lossSum;
    }
    StepResult round = onHost(network).fit(batches(network, TaskType.MULTI_CLASS, true));
    assertThat(round.lossSum()).isEqualTo(sum);
  }

  @Test
  void divergedLossIsNotFinite() {
    NetworkSettings network = network(Loss.MSE, Activation.LINEAR, 1);
    float[] weights = Model.untrained(network, 3).state().weights();
    weights[0] = Float.NaN;
    TorchLearner learner = onDevice(network);
    learner.restore(LearnerState.fresh(weights));
    assertThat(learner.fit(batches(network, TaskType.REGRESSION, false)).lossSum()).isNaN();
  }
}
