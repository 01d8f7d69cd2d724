package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundUpdateTest {
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(1), List.of(new Dense(1, Activation.LINEAR)), Loss.MSE, new Optimizer.Sgd(0.5));
  private static final TrainingState START =
      TrainingState.initial(new LearnerState(new float[] {3, 4}, new float[0], 7, 0));
  private static final Round FIRST = new Round(1, 1, 0, 1);
  private static final Round LAST = new Round(1, 2, 1, 2);

  private static WorkerReport diverged(int worker) {
    return new WorkerReport(worker, 5, 1, Score.NONE, true, Double.NaN, 9, Device.CPU);
  }

  /** Ends a round whose workers all are without examples to average. */
  private static RoundUpdate.Updated end(Round round, WorkerReport... workers) {
    List<GroupReport> groups =
        Stream.of(workers)
            .map(
                worker ->
                    new GroupReport(
                        worker.worker(), List.of(worker), "host", 9, 8, List.of(Double.NaN)))
            .toList();
    List<Double> distances = groups.stream().map(group -> Double.NaN).toList();
    return new RoundUpdate(NETWORK, TestSettings.plain().averaging())
        .next(
            round, START, new RoundFunction.AveragedResult<>(Optional.empty(), groups, distances));
  }

  @Test
  void idleWorkersKeepTheStateIfAllOthersDiverge() {
    RoundUpdate.Updated updated = end(LAST, diverged(0), WorkerReport.idle(1));
    assertThat(updated.state().learner().weights()).containsExactly(3, 4);
    assertThat(updated.state().learner().iteration()).isEqualTo(7);
    assertThat(updated.groups().get(0).workers().get(0).quarantined()).isTrue();
  }

  @Test
  void roundInWhichNoWorkerIsIdleAndAllDivergeEndsTraining() {
    assertThatThrownBy(() -> end(LAST, diverged(0), diverged(1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "training diverged: in round 2 of epoch 1 no worker's loss and weights are finite"
                + " (worker 0: loss NaN, worker 1: loss NaN; learning rate 0.5); lower"
                + " network.optimizer.learning-rate or check the data")
        .extracting(thrown -> ((UserException) thrown).code())
        .isEqualTo(ErrorCode.DIVERGED);
  }

  /** The shard of a worker that is idle in the first round of an epoch is empty. */
  @Test
  void workerWithoutAnyExamplesDoesNotKeepADivergedTrainingAlive() {
    assertThatThrownBy(() -> end(FIRST, diverged(0), WorkerReport.idle(1)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("training diverged: in round 1 of epoch 1 ");
  }
}
