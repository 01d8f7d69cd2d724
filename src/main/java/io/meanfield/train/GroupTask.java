package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.TaskDevice;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.learner.Device;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.ParameterLayout;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedAverage;
import io.meanfield.train.averaging.WeightedState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
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
  // As many threads as tasks ask for at a time; they stay, because ND4J keeps workspaces for each
  // thread.
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "meanfield-worker");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Runs a round on a group.
   *
   * @param start where all workers start from
   * @param cores how many workers may compute side by side; changes the duration, not the result
   */
  RoundFunction.RoundOutput<GroupReport> run(
      Round round, ShardGroup group, LearnerState start, int cores) {
    long began = System.nanoTime();
    Device device = TaskDevice.current();
    ParameterLayout layout = ParameterLayout.of(architecture.network());
    List<WorkerTask> workers =
        group.shards().stream()
            .map(shard -> new WorkerTask(shard, settings, seed, classWeights, architecture, device))
            .toList();
    WorkerReport[] reports =
        group.shards().stream()
            .map(s -> WorkerReport.idle(s.worker()))
            .toArray(WorkerReport[]::new);
    LearnerState state = start;
    for (Round part : parts(round, workers.size())) {
      List<WorkerTask.WorkerResult> fitted = fit(workers, part, state, cores);
      for (int i = 0; i < reports.length; i++) {
        reports[i] = reports[i].plus(fitted.get(i).report());
      }
      // If no worker has anything good to give, the group stays where it is.
      LearnerState before = state;
      state =
          WeightedAverage.of(
                  fitted.stream().map(WorkerTask.WorkerResult::weightedState).toList(),
                  layout.runningLogDeviations())
              .map(this::applyOptimizerPolicy)
              .orElse(before);
    }
    GroupReport report =
        new GroupReport(
            group.index(),
            new ArrayList<>(Arrays.asList(reports)),
            SparkEnv.get().blockManager().blockManagerId().host(),
            System.nanoTime() - began,
            state.bytes());
    return new RoundFunction.RoundOutput<>(
        new WeightedState(state, report.averagedExamples()), report);
  }

  // A worker alone has nobody to meet before the groups do.
  private List<Round> parts(Round round, int workers) {
    return workers == 1 ? List.of(round) : round.parts(settings.averagingFrequency());
  }

  private LearnerState applyOptimizerPolicy(LearnerState mean) {
    return settings.optimizerState() == TrainSettings.OptimizerState.RESET
        ? mean.withoutOptimizerState()
        : mean;
  }

  private static List<WorkerTask.WorkerResult> fit(
      List<WorkerTask> workers, Round part, LearnerState state, int cores) {
    int lanes = Math.min(cores, workers.size());
    if (lanes == 1) {
      return workers.stream().map(worker -> worker.fit(part, state)).toList();
    }
    WorkerTask.WorkerResult[] fitted = new WorkerTask.WorkerResult[workers.size()];
    List<Future<?>> running = new ArrayList<>();
    IntConsumer lane =
        first -> {
          for (int i = first; i < fitted.length; i += lanes) {
            fitted[i] = workers.get(i).fit(part, state);
          }
        };
    for (int first = 1; first < lanes; first++) {
      int other = first;
      running.add(THREADS.submit(() -> lane.accept(other)));
    }
    lane.accept(0); // here: a thread less to wake
    running.forEach(GroupTask::await);
    return Arrays.asList(fitted);
  }

  private static void await(Future<?> lane) {
    try {
      lane.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "a worker failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was cancelled", e);
    }
  }
}
