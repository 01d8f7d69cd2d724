package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.TaskDevice;
import io.meanfield.batch.TaskMemory;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.learner.Device;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.network.ParameterLayout;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedAverage;
import io.meanfield.train.averaging.WeightedState;
import io.meanfield.train.averaging.WholeBatchMoment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;

/**
 * Trains one group of logical workers in a round, on an executor: hierarchical local SGD (Lin et
 * al. 2018, section 5). The workers average among themselves in memory; the task returns the
 * group's average. Stateless: a retry on another executor returns the same bits.
 *
 * @param firstMember the number of the first member of {@code network} in the ensemble
 */
@DefaultSerializer(JavaSerializer.class)
record GroupTask(
    TrainSettings settings,
    long seed,
    ClassWeights classWeights,
    EngineNetwork network,
    int firstMember)
    implements Serializable {

  /** Creates a task that trains all members of the network. */
  GroupTask(TrainSettings settings, long seed, ClassWeights classWeights, EngineNetwork network) {
    this(settings, seed, classWeights, network, 0);
  }

  /** Returns a task that trains one member of the network. */
  GroupTask member(int number) {
    return new GroupTask(settings, seed, classWeights, network.member(), number);
  }

  /**
   * The state of a group after an average, the reports of its workers so far, and their distances
   * from the last average.
   */
  private record Progress(
      LearnerState state, List<WorkerReport> reports, List<WorkerTask.WorkerResult> last) {}

  /**
   * Runs a round on a group and returns the group's average and report.
   *
   * @param start the state from which all workers start
   * @param cores number of workers that may compute in parallel; changes the duration, not the
   *     result
   * @throws io.meanfield.error.UserException if the executor uses too much memory
   */
  RoundFunction.RoundOutput<GroupReport> run(
      Round round, ShardGroup group, LearnerState start, int cores) {
    long began = System.nanoTime();
    List<WorkerTask> workers = workers(group, TaskDevice.current());
    Progress progress = new Progress(start, idle(group), List.of());
    for (Round part : parts(round, workers.size())) {
      List<WorkerTask.WorkerResult> results =
          WorkerTask.fitAll(workers, part, progress.state(), cores);
      progress =
          new Progress(
              average(results, progress.state(), cores), add(results, progress.reports()), results);
    }
    TaskMemory.requireWithinLimit();
    GroupReport report =
        new GroupReport(
            group.index(),
            progress.reports(),
            SparkEnv.get().blockManager().blockManagerId().host(),
            System.nanoTime() - began,
            progress.state().bytes(),
            distancesFromAverage(progress));
    return new RoundFunction.RoundOutput<>(
        new WeightedState(progress.state(), report.averagedExamples()), report);
  }

  List<WorkerTask> workers(ShardGroup group, Device device) {
    return group.shards().stream().map(shard -> new WorkerTask(shard, this, device)).toList();
  }

  private static List<WorkerReport> idle(ShardGroup group) {
    return group.shards().stream().map(shard -> WorkerReport.idle(shard.worker())).toList();
  }

  // A group of one worker needs no averages of its own.
  private List<Round> parts(Round round, int workers) {
    return workers == 1 ? List.of(round) : round.parts(settings.averaging().averagingFrequency());
  }

  /**
   * Returns the average of the workers' states, or {@code before} if no worker has examples and a
   * finite state.
   */
  private LearnerState average(
      List<WorkerTask.WorkerResult> results, LearnerState before, int threads) {
    List<IndexRange> logDeviations = ParameterLayout.of(network.settings()).runningLogDeviations();
    return WeightedAverage.of(
            results.stream().map(WorkerTask.WorkerResult::weightedState).toList(),
            logDeviations,
            threads)
        .map(mean -> ofWholeBatch(before, mean, results))
        .orElse(before);
  }

  private LearnerState ofWholeBatch(
      LearnerState before, LearnerState mean, List<WorkerTask.WorkerResult> results) {
    return WholeBatchMoment.of(
        network.settings(),
        before,
        mean,
        results.stream().map(result -> result.report().averagedPart()).toList());
  }

  private static List<Double> distancesFromAverage(Progress progress) {
    return WeightedAverage.distancesFromAverage(
        progress.last().stream().map(WorkerTask.WorkerResult::weightedState).toList(),
        progress.state());
  }

  private static List<WorkerReport> add(
      List<WorkerTask.WorkerResult> results, List<WorkerReport> reports) {
    List<WorkerReport> sums = new ArrayList<>(reports.size());
    for (int i = 0; i < reports.size(); i++) {
      sums.add(reports.get(i).plus(results.get(i).report()));
    }
    return sums;
  }
}
