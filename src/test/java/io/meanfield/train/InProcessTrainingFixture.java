package io.meanfield.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.Balance;
import io.meanfield.data.shard.ClassBalancing;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ExampleTotals;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.fixture.Mnist;
import io.meanfield.kernels.Precision;
import io.meanfield.kernels.Processor;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.history.TrainingState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;

/** Trains two epochs on the first 2,400 digits, with dropout, augmentation and class weights. */
record InProcessTrainingFixture(int workers, int workersPerTask, int folds, Placement placement) {
  private static final int EPOCHS = 2;
  private static final int SYNC_FREQUENCY = 10;
  private static final int BATCH = 32;
  private static final int DIGITS = 2_400;
  private static final double VALIDATION = 0.3;

  InProcessTrainingFixture(int workers, int workersPerTask) {
    this(workers, workersPerTask, 1, Placement.TASK_FOR_EACH_GROUP);
  }

  /** Returns a training of one worker whose ensemble has a member for each fold. */
  static InProcessTrainingFixture ofFolds(int folds) {
    return new InProcessTrainingFixture(1, 1, folds, Placement.TASK_FOR_EACH_GROUP);
  }

  /** Returns the same training with a task for each member. */
  InProcessTrainingFixture withTaskForEachMember() {
    return new InProcessTrainingFixture(
        workers, workersPerTask, folds, Placement.TASK_FOR_EACH_MEMBER);
  }

  /** Returns the same training with one task for all workers. */
  InProcessTrainingFixture inOneTask(int threads) {
    return new InProcessTrainingFixture(workers, workersPerTask, folds, new Placement(threads));
  }

  /** Returns the number of rounds of both engines together. */
  int rounds() {
    int examples = (int) (DIGITS * (1 - VALIDATION) / workers);
    int batches = (examples + BATCH - 1) / BATCH;
    return Engine.values().length * EPOCHS * ((batches + SYNC_FREQUENCY - 1) / SYNC_FREQUENCY);
  }

  private JobSettings settings() {
    return JobSettings.load(
        List.of(),
        List.of(
            "network.input = [784]",
            "network.layers = [ { dense = 32, activation = relu }, { dropout = 0.2 },"
                + " { dense = 10, activation = softmax } ]",
            "train.epochs=" + EPOCHS,
            "train.batch-size=" + BATCH,
            "train.sync-frequency=" + SYNC_FREQUENCY,
            "train.averaging-frequency=5",
            "train.augment { shift = 2, rotate = 10, zoom = 0.1 }",
            "train { folds = " + folds + ", members = " + folds + " }",
            "train.workers=" + workers,
            "train.workers-per-task=" + workersPerTask));
  }

  /**
   * Returns hashes of the final weights and optimizer state and the number of minibatches, for each
   * engine.
   */
  String bits(SparkSession spark) {
    return bits(spark, groups -> groups);
  }

  /**
   * Returns the same, with a function between the shards and the training tasks.
   *
   * @param disturbance runs in every task of a round
   */
  String bits(
      SparkSession spark, FlatMapFunction<java.util.Iterator<ShardGroup>, ShardGroup> disturbance) {
    JobSettings settings = settings();
    long seed = settings.seed();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Dataset digits = Mnist.first(DIGITS).open(ReadContext.of(context, 10));
    long validation = folds > 1 ? 0 : Math.round(digits.count() * VALIDATION);
    Split split = new Split(digits.count(), validation, 0, workers, seed, folds);
    Sharding sharding = TestSharding.of(digits, split, workersPerTask);
    ClassWeights weights =
        ClassBalancing.of(
                digits,
                ExampleTotals.of(digits, split, Balance.CLASS_WEIGHTS),
                Balance.CLASS_WEIGHTS,
                10)
            .weights();
    int perTask = placement.shardsPerGroup(settings.train());
    JavaRDD<ShardGroup> training = TestSharding.of(digits, split, perTask).training();
    JavaRDD<ShardGroup> scored =
        folds > 1
            ? training.flatMap(group -> group.folds(split.folds()).iterator())
            : sharding.validation();
    return Arrays.stream(Engine.values())
        .map(
            engine ->
                bits(
                    Model.untrained(settings.network(), seed)
                        .withEngine(engine)
                        .withKernels(Processor.here().highest(Precision.FLOAT32)),
                    settings,
                    new TrainingData(
                        split,
                        training.mapPartitions(disturbance, true),
                        scored,
                        weights,
                        sharding.epochSize(),
                        placement)))
        .collect(Collectors.joining(", "));
  }

  private static String bits(Model untrained, JobSettings settings, TrainingData data) {
    LearnerState state =
        new Trainer(settings.train(), settings.seed(), List.of())
            .train(untrained.network(), TrainingState.initial(untrained.state()), data)
            .learner();
    return state.weightsSha256()
        + " "
        + Arrays.hashCode(state.optimizerState())
        + " "
        + state.iteration();
  }
}
