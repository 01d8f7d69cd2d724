package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.TaskDevice;
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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;

/**
 * What an executor runs in a round, for one group of logical workers: hierarchical local SGD, Lin
 * et al. 2018, section 5. The workers average among themselves in memory; the group's mean goes
 * back. Stateless: a retry on another executor returns the same bits.
 */
@DefaultSerializer(JavaSerializer.class)
record GroupTask(
    TrainSettings settings, long seed, ClassWeights classWeights, EngineNetwork architecture)
    implements Serializable {

  /** The state of a group between two averages, and what its workers have done so far. */
  private record Progress(LearnerState state, List<WorkerReport> reports) {}

  /**
   * Runs a round on a group.
   *
   * @param start where all workers start from
   * @param cores how many workers may compute side by side; changes the duration, not the result
   */
  RoundFunction.RoundOutput<GroupReport> run(
      Round round, ShardGroup group, LearnerState start, int cores) {
    long began = System.nanoTime();
    List<WorkerTask> workers = workers(group, TaskDevice.current());
    Progress progress = new Progress(start, idle(group));
    for (Round part : parts(round, workers.size())) {
      List<WorkerTask.WorkerResult> fitted =
          WorkerThreads.fit(workers, part, progress.state(), cores);
      progress = new Progress(average(fitted, progress.state()), add(fitted, progress.reports()));
    }
    GroupReport report =
        new GroupReport(
            group.index(),
            progress.reports(),
            SparkEnv.get().blockManager().blockManagerId().host(),
            System.nanoTime() - began,
            progress.state().bytes());
    return new RoundFunction.RoundOutput<>(
        new WeightedState(progress.state(), report.averagedExamples()), report);
  }

  private List<WorkerTask> workers(ShardGroup group, Device device) {
    return group.shards().stream()
        .map(shard -> new WorkerTask(shard, settings, seed, classWeights, architecture, device))
        .toList();
  }

  private static List<WorkerReport> idle(ShardGroup group) {
    return group.shards().stream().map(shard -> WorkerReport.idle(shard.worker())).toList();
  }

  // A worker that is alone in its group averages with nobody before the groups do.
  private List<Round> parts(Round round, int workers) {
    return workers == 1 ? List.of(round) : round.parts(settings.averaging().averagingFrequency());
  }

  /** Returns the mean of the workers, or {@code before} if no worker has anything good to give. */
  private LearnerState average(List<WorkerTask.WorkerResult> fitted, LearnerState before) {
    List<IndexRange> logDeviations =
        ParameterLayout.of(architecture.network()).runningLogDeviations();
    return WeightedAverage.of(
            fitted.stream().map(WorkerTask.WorkerResult::weightedState).toList(), logDeviations)
        .map(settings.averaging().optimizerState()::apply)
        .orElse(before);
  }

  private static List<WorkerReport> add(
      List<WorkerTask.WorkerResult> fitted, List<WorkerReport> reports) {
    List<WorkerReport> sums = new ArrayList<>(reports.size());
    for (int i = 0; i < reports.size(); i++) {
      sums.add(reports.get(i).plus(fitted.get(i).report()));
    }
    return sums;
  }
}
