package io.meanfield.bench;

import io.meanfield.data.ShardGroup;
import io.meanfield.network.Model;
import io.meanfield.network.dl4j.NetworkState;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Meanfield as {@code scripts/submit train} runs it. */
final class Native implements Contender {
  private final Workload workload;
  private final int copies;
  private final int syncFrequency;
  private final long seed;
  private final List<TrainingListener> listeners;
  private final JavaRDD<ShardGroup> shards;
  private final MultiLayerNetwork evaluated;
  private final Model untrained;
  private TrainingState state;

  Native(Workload workload, int syncFrequency, long seed, List<TrainingListener> listeners) {
    this(workload, 1, syncFrequency, seed, listeners);
  }

  /** Trains on every digit {@code copies} times an epoch. */
  Native(
      Workload workload,
      int copies,
      int syncFrequency,
      long seed,
      List<TrainingListener> listeners) {
    this.workload = workload;
    this.copies = copies;
    this.syncFrequency = syncFrequency;
    this.seed = seed;
    this.listeners = listeners;
    this.shards = workload.shards(seed, copies);
    this.evaluated = Workload.network(seed);
    this.untrained = Workload.untrained(seed);
    this.state = TrainingState.atRest(untrained.state());
  }

  @Override
  public String name() {
    return "Meanfield, sync every " + syncFrequency;
  }

  @Override
  public void epoch() {
    JobSettings settings =
        Workload.settings(
            "train.sync-frequency=" + syncFrequency,
            "train.epochs=" + (state.learner().epoch() + 1));
    state =
        new Trainer(settings.train(), seed, settings.network()::learningRate, listeners)
            .train(
                untrained.architecture(),
                state,
                Workload.split(seed, copies),
                shards,
                workload.spark().emptyRDD());
  }

  @Override
  public double accuracy() {
    new NetworkState(evaluated).restore(state.learner());
    return workload.accuracy(evaluated);
  }

  @Override
  public void close() {
    shards.unpersist();
  }
}
