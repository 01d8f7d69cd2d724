package io.meanfield.bench;

import io.meanfield.bench.scaling.Costs;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.SynchronisingRound;
import io.meanfield.train.averaging.WeightedAverage;
import io.meanfield.train.averaging.WeightedState;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BroadcastBlockId;

/**
 * Measures what Spark costs in a round, on executors of one core in processes of their own. A cost
 * of a byte is the difference between a large and a small state, of processor time. What one
 * measurement contains of another is subtracted: a round on the driver, for example, contains a
 * broadcast.
 */
final class SparkCosts {
  private static final int SMALL_WEIGHTS = 52_650;
  private static final int LARGE_WEIGHTS = 1_863_690;
  private static final int WARM_UP = 30;
  private static final int SMALL_REPEATS = 40;
  private static final int LARGE_REPEATS = 8;
  private static final int MORE_TASKS = 50;
  private static final int REQUESTS = 20_000;

  private final JavaSparkContext spark;
  private final int executors;
  private final int blocks;
  private final JavaRDD<Integer> shards;
  private final LearnerState tiny = state(1);
  private final LearnerState small = state(SMALL_WEIGHTS);
  private final LearnerState large = state(LARGE_WEIGHTS);
  private final double bytes = (double) large.bytes() - small.bytes();

  /** A round or a part of it, with a state. */
  @FunctionalInterface
  private interface Work {
    void run(LearnerState state);
  }

  SparkCosts(JavaSparkContext spark, int executors, int blocks) {
    this.spark = spark;
    this.executors = executors;
    this.blocks = blocks;
    this.shards = tasks(executors);
    if (ProcessorTimes.executorProcesses().count() != executors) {
      throw new IllegalStateException(
          "expected "
              + executors
              + " processes of executors, found "
              + ProcessorTimes.executorProcesses().count());
    }
  }

  private JavaRDD<Integer> tasks(int count) {
    return spark.parallelize(IntStream.range(0, count).boxed().toList(), count);
  }

  /** Returns a state with Adam's moments. */
  static LearnerState state(int weights) {
    return new LearnerState(numbers(weights), numbers(2 * weights), 1, 1);
  }

  private static float[] numbers(int count) {
    Random random = new Random(1);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (0.05 * random.nextGaussian());
    }
    return numbers;
  }

  Costs.Fixed fixed() {
    warmUp();
    JavaRDD<Integer> manyTasks = tasks(executors * (MORE_TASKS + 1));
    for (int i = 0; i < WARM_UP; i++) {
      manyTasks.count(); // until the driver's code for tasks is compiled
    }
    ProcessorTimes few = repeated(SMALL_REPEATS, () -> shards.count());
    ProcessorTimes task =
        repeated(LARGE_REPEATS, () -> manyTasks.count()).slope(few, executors * MORE_TASKS);
    ProcessorTimes onDriver =
        repeated(SMALL_REPEATS, () -> SynchronisingRound.onDriver(shards, tiny));
    ProcessorTimes onExecutors =
        repeated(SMALL_REPEATS, () -> SynchronisingRound.onExecutors(shards, tiny));
    double job = jobSeconds(onDriver, task);
    return new Costs.Fixed(
        job,
        Math.max(0, jobSeconds(onExecutors, task) - job - executors * task.driver()),
        task.driver(),
        task.executors(),
        repeated(1, this::askForBlocks).driver() / REQUESTS);
  }

  // The driver's thread needs at most the time of the clock, and at most all processor time of the
  // driver: the first is less on a quiet machine, the second on a busy one.
  private double jobSeconds(ProcessorTimes round, ProcessorTimes task) {
    double tasks = executors * task.driver();
    return Math.max(0, Math.min(round.elapsed() - task.executors(), round.driver()) - tasks);
  }

  private void warmUp() {
    for (int i = 0; i < WARM_UP; i++) {
      SynchronisingRound.onDriver(shards, small);
      SynchronisingRound.onExecutors(shards, small);
      if (i % 5 == 0) {
        SynchronisingRound.onDriver(shards, large);
        SynchronisingRound.onExecutors(shards, large);
      }
    }
  }

  private void askForBlocks() {
    BlockId block = new BroadcastBlockId(0, "piece0");
    for (int i = 0; i < REQUESTS; i++) {
      SparkEnv.get().blockManager().master().getLocations(block);
    }
  }

  /** Returns the seconds of the average of a byte of all states. */
  double average() {
    List<WeightedState> states =
        IntStream.range(0, 4).mapToObj(i -> new WeightedState(copy(large), 128 + i)).toList();
    double seconds =
        repeated(
                LARGE_REPEATS,
                () -> {
                  LearnerState mean = WeightedAverage.of(states, List.of(), 1).orElseThrow();
                  if (WeightedAverage.distancesFromAverage(states, mean).size() != states.size()) {
                    throw new IllegalStateException("expected a distance for each state");
                  }
                })
            .driver();
    return seconds / states.size() / large.bytes();
  }

  private static LearnerState copy(LearnerState state) {
    return new LearnerState(state.weights().clone(), state.optimizerState().clone(), 1, 1);
  }

  /** Measures the costs of a byte: those of the driver. */
  Bytes bytes(double average) {
    ProcessorTimes write = ofByte(state -> spark.broadcast(state).destroy());
    ProcessorTimes read = ofByte(this::readBroadcast);
    ProcessorTimes onDriver = ofByte(state -> SynchronisingRound.onDriver(shards, state));
    StageTimes stages = new StageTimes();
    spark.sc().addSparkListener(stages);
    ProcessorTimes onExecutors = ofByte(state -> SynchronisingRound.onExecutors(shards, state));
    spark.sc().removeSparkListener(stages);
    double serve = Math.max(0, read.driver() - write.driver()) / executors;
    double receive = (onDriver.driver() - write.driver()) / executors - serve - average;
    double readOne = read.executors() / executors;
    double result = onDriver.executors() / executors - readOne;
    // The averages, one state together, return to the driver as results.
    double shuffle = (onExecutors.executors() - result) / executors - readOne;
    double writing =
        stages.writingSeconds() / (stages.writingSeconds() + stages.returningSeconds());
    return new Bytes(
        new Costs.Driver(write.driver(), serve, Math.max(0, receive)),
        readOne,
        Math.max(0, result),
        Math.max(0, shuffle) * writing,
        Math.max(0, shuffle) * (1 - writing));
  }

  /** Costs of a byte; those of an executor without its learner. */
  record Bytes(
      Costs.Driver driver, double read, double result, double shuffleWrite, double shuffleRead) {
    Costs.Executor executor(double learner) {
      return new Costs.Executor(read, learner, result, shuffleWrite, shuffleRead);
    }
  }

  private void readBroadcast(LearnerState state) {
    Broadcast<LearnerState> broadcast = spark.broadcast(state);
    long sum =
        shards.map(shard -> broadcast.value().bytes()).collect().stream()
            .mapToLong(Long::longValue)
            .sum();
    broadcast.destroy();
    if (sum != executors * state.bytes()) {
      throw new IllegalStateException("the executors read other bytes");
    }
  }

  private ProcessorTimes ofByte(Work work) {
    ProcessorTimes ofSmall = repeated(SMALL_REPEATS, () -> work.run(small));
    return repeated(LARGE_REPEATS, () -> work.run(large)).slope(ofSmall, bytes);
  }

  private ProcessorTimes repeated(int repeats, Runnable work) {
    return ProcessorTimes.least(1 + blocks, repeats, work); // one more, which warms up
  }
}
