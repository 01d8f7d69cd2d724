package io.meanfield.pipeline.train;

import io.meanfield.batch.GpuTasks;
import io.meanfield.batch.MemoryLimit;
import io.meanfield.batch.TaskCores;
import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ExampleWeights;
import io.meanfield.data.shard.Folds;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.NetworkSettings;
import io.meanfield.pipeline.run.DriverMemory;
import io.meanfield.pipeline.run.ExecutorCores;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.TrainingData;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Chooses where the workers of a training run, and puts its examples into their shards. Driver
 * only.
 */
final class TrainingShards {
  private static final long MOST_REPLICATED = 256L << 20; // bytes

  private final TrainingExamples examples;
  private final Placement placement;

  private TrainingShards(TrainingExamples examples, Placement placement) {
    this.examples = examples;
    this.placement = placement;
  }

  /**
   * Fills the shards, and removes the examples from the cache.
   *
   * @param pinned receives the kernels of the executors of the shards
   * @throws io.meanfield.error.UserException if the training cannot fit into the driver's memory
   */
  static TrainingData load(
      TrainingExamples examples, EngineNetwork network, Consumer<List<ExecutorKernels>> pinned) {
    JobContext job = examples.job();
    DriverMemory.require(job.settings(), job.sparkContext());
    return job.named("building shards", () -> fill(examples, network, pinned));
  }

  private static TrainingData fill(
      TrainingExamples examples, EngineNetwork network, Consumer<List<ExecutorKernels>> pinned) {
    Placement placement = placement(examples.job().sparkContext(), examples);
    TrainingData data = new TrainingShards(examples, placement).data();
    try {
      pinned.accept(ExecutorKernels.pinAndLoad(network, cached(data)));
      if (examples.settings().threshold().objective().isPresent()) {
        ThresholdSelection.requireBothClasses(network, data.validation());
      }
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      data.release();
      throw e;
    }
    examples.close();
    return data;
  }

  /**
   * Chooses where the workers run, if {@code train.workers-per-task} is {@code auto}: the members
   * of an ensemble in a task each if there are several executors; else all workers in one task if
   * an executor can compute as many of them at a time as the cluster can and has memory for all,
   * else each in a task of its own.
   */
  private static Placement placement(JavaSparkContext spark, TrainingExamples examples) {
    TrainSettings train = examples.settings().train();
    ExecutorCores executors = ExecutorCores.of(spark);
    if (hasTaskForEachMember(train, executors)
        && !GpuTasks.haveGpus(spark.getConf())
        && isReplicated(examples)
        && leavesRoom(spark, examples, Math.max(1, executors.cores()))) {
      return Placement.TASK_FOR_EACH_MEMBER;
    }
    return oneTask(train, executors)
        // A task has one GPU: in one task, the workers would leave all others idle.
        .filter(one -> !GpuTasks.haveGpus(spark.getConf()))
        .filter(one -> leavesRoom(spark, examples, one.threads()))
        .orElse(Placement.TASK_FOR_EACH_GROUP);
  }

  /**
   * Returns whether the members of an ensemble, which are never averaged, use all executors. More
   * than one worker would need averages of all members at the same time.
   */
  static boolean hasTaskForEachMember(TrainSettings train, ExecutorCores executors) {
    return train.members() > 1
        && train.workers() == 1
        && train.workersPerTask() == 0
        && executors.executors() != 1;
  }

  // Each executor gets all examples from the driver.
  private static boolean isReplicated(TrainingExamples examples) {
    int value = examples.data().hasImages() ? 1 : Float.BYTES;
    long row = (long) value * examples.settings().network().inputs() + Long.BYTES;
    long bytes = row * examples.split().training();
    return bytes <= Math.min(MOST_REPLICATED, Runtime.getRuntime().maxMemory() / 8);
  }

  /** Returns the placement in one task; empty if the settings or the cores do not allow it. */
  static Optional<Placement> oneTask(TrainSettings train, ExecutorCores executors) {
    if (train.workersPerTask() > 0) {
      return Optional.empty();
    }
    int threads = Math.min(train.workers() * train.members(), executors.cores());
    boolean isEnough = executors.executors() == 1 || executors.cores() >= train.workers();
    return isEnough && threads > 0 && threads <= executors.taskCores()
        ? Optional.of(new Placement(threads))
        : Optional.empty();
  }

  /**
   * Returns whether one executor has memory to spare for a task with all workers, and the driver
   * for its result.
   *
   * @param threads number of workers that compute in parallel
   */
  private static boolean leavesRoom(
      JavaSparkContext spark, TrainingExamples examples, int threads) {
    NetworkSettings network = examples.settings().network();
    TrainSettings train = examples.settings().train();
    DriverMemory driver = DriverMemory.of(network, train, spark.isLocal() ? train.workers() : 0);
    TrainingMemory.Shards shards =
        new TrainingMemory.Shards(
            examples.split().training() / train.workers(),
            examples.settings().data().chunkSize().rows(examples.data()),
            train.workers());
    return driver.heap() + driver.momentum() <= Runtime.getRuntime().maxMemory()
        && driver.takesResultOfOneTask(spark.getConf())
        && TrainingMemory.of(network, train, shards)
            .leavesRoom(
                MemoryLimit.ofExecutors(spark.getConf(), spark.isLocal()),
                examples.data().hasImages() ? 1 : Float.BYTES,
                driver.momentum(),
                threads);
  }

  // In one job, while the examples are cached, unless the tasks have different resources.
  private static List<JavaRDD<ShardGroup>> cached(TrainingData data) {
    JavaRDD<ShardGroup> training = data.training().map(ShardGroup::cached);
    JavaRDD<ShardGroup> validation = data.validation().map(ShardGroup::cached);
    if (data.split().folds() > 1) {
      return List.of(training); // the validation examples are among them
    }
    return Objects.equals(
            data.training().getResourceProfile(), data.validation().getResourceProfile())
        ? List.of(training.union(validation))
        : List.of(training, validation);
  }

  /** Returns the shards, which are filled on first use. */
  private TrainingData data() {
    Split split = examples.split();
    TrainSettings train = examples.settings().train();
    Sharding sharding = sharding(placement.shardsPerGroup(train));
    JavaRDD<ShardGroup> groups = sharding.training();
    int folds = split.folds();
    // The placement does not change these: the sum of their scores depends on their groups.
    JavaRDD<ShardGroup> validation =
        examples
            .givenValidation()
            .map(given -> validationSharding(given, train.groupSize()))
            .map(Sharding::validation)
            .orElseGet(
                () ->
                    folds > 1
                        ? groups.flatMap(group -> group.folds(folds).iterator())
                        : sharding(train.groupSize()).validation());
    return new TrainingData(
        new Split(
            split.training() + (folds > 1 ? 0 : examples.validation()),
            folds > 1 ? 0 : examples.validation(),
            0,
            split.workers(),
            split.seed(),
            folds),
        placement.isInMemory() && !placement.byMember()
            ? TaskCores.with(groups, placement.threads())
            : GpuTasks.withGpus(groups),
        GpuTasks.withGpus(validation),
        examples.balancing().weights(),
        sharding.epochSize(),
        placement);
  }

  private Sharding sharding(int shardsPerGroup) {
    return new Sharding(
        examples.data(),
        examples.split(),
        examples.folds(),
        examples.weights(),
        shardsPerGroup,
        examples.settings().data().chunkSize());
  }

  private Sharding validationSharding(Dataset given, int shardsPerGroup) {
    return new Sharding(
        given,
        TrainingExamples.allForValidation(given, examples.settings()),
        Folds.NONE,
        ExampleWeights.NONE,
        shardsPerGroup,
        examples.settings().data().chunkSize());
  }
}
