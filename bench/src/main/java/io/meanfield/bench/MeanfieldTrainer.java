package io.meanfield.bench;

import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.evaluate.Score;
import io.meanfield.evaluate.Temperatures;
import io.meanfield.network.Engine;
import io.meanfield.network.Model;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Meanfield's trainer with the settings of {@code scripts/submit train}, without validation,
 * checkpoints and tables.
 */
final class MeanfieldTrainer implements TimedTrainer {
  private static final int UNLIMITED_EPOCHS = 1_000_000;

  private final String name;
  private final MnistWorkload workload;
  private final int copies;
  private final long seed;
  private final JobSettings settings;
  private final OnDemandTraining training;
  private final JavaRDD<ShardGroup> shards;
  private final Model untrained;
  private TrainingState state;

  /** Trains on the engine dl4j, averaging every {@code syncFrequency} minibatches. */
  MeanfieldTrainer(
      MnistWorkload workload, int syncFrequency, long seed, List<TrainingListener> listeners) {
    this(workload, 1, syncFrequency, seed, listeners);
  }

  /**
   * Trains on the engine dl4j, on every digit {@code copies} times an epoch, averaging every {@code
   * syncFrequency} minibatches.
   */
  MeanfieldTrainer(
      MnistWorkload workload,
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

  /** Trains on an engine with these settings. */
  MeanfieldTrainer(
      String name, MnistWorkload workload, long seed, Engine engine, String... assignments) {
    this(name, workload, 1, seed, engine, List.of(), List.of(assignments), List.of());
  }

  /** Trains on an engine with these settings and listeners. */
  MeanfieldTrainer(
      String name,
      MnistWorkload workload,
      long seed,
      Engine engine,
      List<TrainingListener> listeners,
      List<String> assignments) {
    this(name, workload, 1, seed, engine, List.of(), assignments, listeners);
  }

  /**
   * Trains the network of a job file on the engine torch with seed 1.
   *
   * @param assignments settings that override the file
   */
  static MeanfieldTrainer ofJob(MnistWorkload workload, Path job, String... assignments) {
    return new MeanfieldTrainer(
        "Meanfield, " + job,
        workload,
        1,
        1,
        Engine.TORCH,
        List.of(job),
        List.of(assignments),
        List.of());
  }

  private MeanfieldTrainer(
      String name,
      MnistWorkload workload,
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
        MnistWorkload.settings(
            files,
            Stream.concat(
                    assignments.stream(),
                    Stream.of(
                        "train.epochs=" + UNLIMITED_EPOCHS,
                        // Without validation examples, the state of each epoch is then returned.
                        "train.early-stopping.patience=" + UNLIMITED_EPOCHS))
                .toArray(String[]::new));
    this.shards = workload.shards(seed, copies, settings.train());
    this.untrained =
        Model.untrained(settings.network(), seed)
            .withEngine(engine)
            .withPrecision(settings.engine().precisionOn(engine));
    this.state = TrainingState.initial(untrained.state());
    this.training = new OnDemandTraining(requests -> train(listeners, requests));
  }

  private void train(List<TrainingListener> listeners, TrainingListener requests) {
    new Trainer(
            settings.train(), seed, Stream.concat(listeners.stream(), Stream.of(requests)).toList())
        .train(
            untrained.network(),
            TrainingState.initial(untrained.state()),
            new TrainingData(
                MnistWorkload.split(seed, copies, settings.train()),
                shards,
                workload.spark().emptyRDD(),
                ClassWeights.UNIFORM,
                MnistWorkload.placement(settings.train())));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void epoch() {
    state = training.epoch();
  }

  @Override
  public double timedEpoch() {
    epoch();
    return training.seconds();
  }

  @Override
  public double accuracy() {
    return Score.of(untrained.network(), state.learner(), Temperatures.ONE, workload.testShards())
        .accuracy()
        .orElseThrow();
  }

  Model untrained() {
    return untrained;
  }

  @Override
  public void close() {
    training.close();
    shards.unpersist();
  }
}
