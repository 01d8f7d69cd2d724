package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverMemoryTest {
  private static final long MIB = 1L << 20;
  private static final SparkConf DEFAULTS = new SparkConf(false);

  @Test
  void needGrowsWithWeightsOptimizerStateAndTasks() {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of("network { input = [784], layers = [{ dense = 10, activation = softmax }] }"));
    long weights = 4 * (784 * 10 + 10);
    // Adam has two numbers for each weight.
    assertThat(DriverMemory.of(settings.network(), settings.train(), 0))
        .isEqualTo(new DriverMemory(weights, 3 * weights, 0, 0));
    assertThat(new DriverMemory(100 * MIB, 300 * MIB, 0, 0).heap()).isEqualTo(1600 * MIB);
    assertThat(new DriverMemory(100 * MIB, 300 * MIB, 0, 1).heap()).isEqualTo(1600 * MIB);
    assertThat(new DriverMemory(100 * MIB, 300 * MIB, 0, 3).heap()).isEqualTo(2200 * MIB);
  }

  @Test
  void outerMomentumNeedsMemoryBesideTheStateAndInTheCheckpoint() {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "network { input = [784], layers = [{ dense = 10, activation = softmax }] }",
                "train.outer-optimizer.name = nesterov"));
    long weights = 4 * (784 * 10 + 10);
    DriverMemory need = DriverMemory.of(settings.network(), settings.train(), 0);
    assertThat(need).isEqualTo(new DriverMemory(weights, 3 * weights, weights, 0));
    assertThat(need.heap())
        .isEqualTo(new DriverMemory(weights, 3 * weights, 0, 0).heap() + 2 * weights);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "2, 1, 1, 1",
    "2, 1, 2, 2",
    "64, 1, 64, 2",
    "1, 1, 64, 1",
    "16, 16, 16, 16",
    "16, 99, 16, 16",
    "16, 4, 1, 4",
    "16, 4, 16, 5",
  })
  void onlyResultsThatAreCertainlyThereAtTheSameTimeCount(
      int workers, int workersPerTask, int tasks, int results) {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "train { workers = " + workers + ", workers-per-task = " + workersPerTask + " }"));
    assertThat(DriverMemory.results(settings.train(), tasks)).isEqualTo(results);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"local; 1; 1", "local[3]; 1; 3", "local[5,2]; 2; 2", "local[2]; 4; 1"})
  void coresOfALocalMasterAreSharedByTasks(String master, int cpus, int tasks) {
    SparkConf conf =
        new SparkConf(false)
            .setMaster(master)
            .set("spark.task.cpus", Integer.toString(cpus))
            .set("spark.default.parallelism", "200");
    assertThat(DriverMemory.tasks(conf)).isEqualTo(tasks);
  }

  @Test
  void twentyFiveMillionWeightsOnTheDefaultDriverAreRefusedWithTheOption() {
    DriverMemory need = new DriverMemory(92 * MIB, 277 * MIB, 0, 2);
    assertThat(need.problems(1024 * MIB, DEFAULTS))
        .containsExactly(
            "the driver is short of memory: 92 MiB of weights with their optimizer state (277 MiB"
                + " together) need a heap of at least 1777 MiB with the results of at least 2"
                + " workers in the driver, because the master is local, but the heap has 1024 MiB;"
                + " set --driver-memory (spark.driver.memory) to 2048m, or use a cluster");
    assertThat(need.problems(1600 * MIB, DEFAULTS)).hasSize(1); // measured: too little
    assertThat(need.problems(2048 * MIB, DEFAULTS)).isEmpty(); // measured: enough
  }

  @Test
  void limitOfResultsMustHoldTheAverage() {
    SparkConf conf = new SparkConf(false).set(DriverMemory.MAX_RESULT_SIZE, "256m");
    DriverMemory need = new DriverMemory(100 * MIB, 300 * MIB, 0, 0);
    assertThat(need.problems(4096 * MIB, conf))
        .containsExactly(
            "the average of a round has 300 MiB, but spark.driver.maxResultSize is 256 MiB; set it"
                + " to 512m or more");
    SparkConf unlimited = new SparkConf(false).set(DriverMemory.MAX_RESULT_SIZE, "0");
    assertThat(need.problems(4096 * MIB, unlimited)).isEmpty();
  }

  @Test
  void stateThatIsLargerThanAnArrayIsRefused() {
    SparkConf unlimited = new SparkConf(false).set(DriverMemory.MAX_RESULT_SIZE, "0");
    assertThat(new DriverMemory(1000 * MIB, 3000 * MIB, 0, 0).problems(64L << 30, unlimited))
        .containsExactly(
            "weights and optimizer state have 3000 MiB, expected at most 2047 MiB, the size of a"
                + " checkpoint; make the network smaller, or set network.optimizer.name = sgd,"
                + " which has no state");
  }

  @Test
  void checkpointHasTheOuterMomentum() {
    SparkConf unlimited = new SparkConf(false).set(DriverMemory.MAX_RESULT_SIZE, "0");
    long fits = 500 * MIB;
    assertThat(new DriverMemory(fits, 3 * fits, 0, 0).problems(64L << 30, unlimited)).isEmpty();
    long more = 520 * MIB;
    assertThat(new DriverMemory(more, 3 * more, more, 0).problems(64L << 30, unlimited))
        .containsExactly(
            "weights and optimizer state, with the momentum of train.outer-optimizer, have 2080"
                + " MiB, expected at most 2047 MiB, the size of a checkpoint; make the network"
                + " smaller, or set network.optimizer.name = sgd, which has no state, or set"
                + " train.outer-optimizer.name = none");
    assertThat(new DriverMemory(MIB, 3 * MIB, MIB, 0).problems(300 * MIB, DEFAULTS))
        .containsExactly(
            "the driver is short of memory: 1 MiB of weights with their optimizer state (3 MiB"
                + " together, and 1 MiB of train.outer-optimizer) need a heap of at least 315 MiB,"
                + " but the heap has 300 MiB; set --driver-memory (spark.driver.memory) to 512m");
  }
}
