package io.meanfield.bench;

import io.meanfield.bench.scaling.Averaging;
import io.meanfield.bench.scaling.MeasuredRun;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.SynchronisingRound;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Measures runs with which predictions are compared: epochs of the digits with a task for each
 * worker, and rounds that train nothing. Each time is the least of several turns, in which the runs
 * of a cluster follow one another.
 */
final class MeasuredRuns {
  private static final int ROUND_WARM_UP = 20;
  private static final int ROUNDS = 20;

  private final int turns;
  private final List<MeasuredRun> runs = new ArrayList<>();

  MeasuredRuns(int turns) {
    this.turns = turns;
  }

  /**
   * An epoch to measure.
   *
   * @param warmUp number of epochs before, in which Java compiles the code of many short rounds
   */
  private record Epoch(DenseNetwork network, int syncFrequency, int warmUp) {}

  private static final List<Epoch> EPOCHS =
      List.of(
          new Epoch(DenseNetwork.LESSON, 10, 20),
          new Epoch(DenseNetwork.LESSON, 50, 20),
          new Epoch(DenseNetwork.WIDE, 50, 1));

  /** Measures epochs, one worker on each executor. */
  void addEpochs(MnistWorkload workload, int executors) {
    List<MeanfieldTrainer> trainers =
        EPOCHS.stream().map(epoch -> trainer(workload, epoch, executors)).toList();
    for (int i = 0; i < trainers.size(); i++) {
      ProcessorTimes.least(1, EPOCHS.get(i).warmUp(), trainers.get(i)::epoch);
    }
    ProcessorTimes[] least = new ProcessorTimes[trainers.size()];
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < least.length; i++) {
        ProcessorTimes times = ProcessorTimes.least(1, 1, trainers.get(i)::epoch);
        least[i] = turn == 0 ? times : least[i].least(times);
      }
    }
    trainers.forEach(MeanfieldTrainer::close);
    for (int i = 0; i < least.length; i++) {
      Epoch epoch = EPOCHS.get(i);
      add(epoch.network(), executors, epoch.syncFrequency(), Averaging.DRIVER, least[i]);
    }
  }

  private static MeanfieldTrainer trainer(MnistWorkload workload, Epoch epoch, int executors) {
    return new MeanfieldTrainer(
        epoch.network().id(),
        workload,
        1,
        Engine.TORCH,
        "network.layers=" + epoch.network().layers(),
        "train.workers=" + executors,
        "train.workers-per-task=1",
        "train.sync-frequency=" + epoch.syncFrequency());
  }

  /** Measures rounds that train nothing. */
  void addRounds(MnistWorkload workload, int executors) {
    JavaRDD<Integer> shards =
        workload.spark().parallelize(IntStream.range(0, executors).boxed().toList(), executors);
    for (DenseNetwork network : List.of(DenseNetwork.LESSON, DenseNetwork.WIDE)) {
      LearnerState state = SparkCosts.state(network.weights());
      addRound(
          network, executors, Averaging.DRIVER, () -> SynchronisingRound.onDriver(shards, state));
      addRound(
          network,
          executors,
          Averaging.EXECUTORS,
          () -> SynchronisingRound.onExecutors(shards, state));
    }
  }

  private void addRound(DenseNetwork network, int executors, Averaging averaging, Runnable round) {
    ProcessorTimes.least(1, ROUND_WARM_UP, round);
    add(network, executors, 0, averaging, ProcessorTimes.least(turns, ROUNDS, round));
  }

  private void add(
      DenseNetwork network, int executors, int sync, Averaging averaging, ProcessorTimes least) {
    long examples = sync == 0 ? 0 : MnistWorkload.EXAMPLES;
    MeasuredRun run =
        new MeasuredRun(
            network.id(),
            executors,
            sync,
            examples,
            averaging,
            least.elapsed(),
            least.driver() + least.executors());
    System.err.println(run);
    runs.add(run);
  }

  List<MeasuredRun> runs() {
    return List.copyOf(runs);
  }
}
