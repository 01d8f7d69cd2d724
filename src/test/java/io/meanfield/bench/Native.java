package io.meanfield.bench;

import io.meanfield.data.ShardGroup;
import io.meanfield.network.Engine;
import io.meanfield.network.Model;
import io.meanfield.network.dl4j.NetworkState;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Meanfield as {@code scripts/submit train} runs it. */
final class Native implements Contender {
  private static final int MANY = 1_000_000;

  private final String name;
  private final Workload workload;
  private final int copies;
  private final long seed;
  private final JobSettings settings;
  private final Trainer trainer;
  private final JavaRDD<ShardGroup> shards;
  private final MultiLayerNetwork evaluated;
  private final Model untrained;
  private TrainingState state;

  /** The reference engine, whose workers meet every {@code syncFrequency} minibatches. */
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
    this(
        "Meanfield, sync every " + syncFrequency,
        workload,
        copies,
        seed,
        Engine.DL4J,
        List.of(),
        List.of("train.sync-frequency=" + syncFrequency),
        listeners);
  }

  /** An engine, with these settings. */
  Native(String name, Workload workload, long seed, Engine engine, String... assignments) {
    this(name, workload, 1, seed, engine, List.of(), List.of(assignments), List.of());
  }

  /** A job's network on the fast engine. */
  static Native ofJob(Workload workload, Path job, String... assignments) {
    return new Native(
        "Meanfield, " + job,
        workload,
        1,
        1,
        Engine.TORCH,
        List.of(job),
        List.of(assignments),
        List.of());
  }

  private Native(
      String name,
      Workload workload,
      int copies,
      long seed,
      Engine engine,
      List<Path> files,
      List<String> assignments,
      List<TrainingListener> listeners) {
    this.name = name;
    this.workload = workload;
    this.copies = copies;
    this.seed = seed;
    this.settings =
        Workload.settings(
            files,
            Stream.concat(assignments.stream(), Stream.of("train.epochs=" + MANY))
                .toArray(String[]::new));
    this.trainer =
        new Trainer(
            settings.train(),
            seed,
            settings.network()::learningRate,
            Stream.concat(listeners.stream(), Stream.of(new OneEpoch())).toList());
    this.shards = workload.shards(seed, copies, settings.train());
    this.untrained = Model.untrained(settings.network(), seed).on(engine);
    this.evaluated = Workload.network(untrained);
    this.state = TrainingState.atRest(untrained.state());
  }

  /** Stops a training after an epoch; the next turn goes on from there. */
  private static final class OneEpoch implements TrainingListener {
    private boolean over;

    @Override
    public boolean wantsAnotherEpoch() {
      over = !over;
      return over;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void epoch() {
    state =
        trainer.train(
            untrained.architecture(),
            state,
            Workload.split(seed, copies, settings.train()),
            shards,
            workload.spark().emptyRDD());
  }

  @Override
  public double accuracy() {
    new NetworkState(evaluated).restore(state.learner());
    return workload.accuracy(evaluated);
  }

  Model untrained() {
    return untrained;
  }

  @Override
  public void close() {
    shards.unpersist();
  }
}
