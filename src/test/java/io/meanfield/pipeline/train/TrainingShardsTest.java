package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.pipeline.run.ExecutorCores;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.Placement;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingShardsTest {
  private static Optional<Placement> choice(int workers, String perTask, ExecutorCores executors) {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of("train { workers = " + workers + ", workers-per-task = " + perTask + " }"));
    return TrainingShards.oneTask(settings.train(), executors);
  }

  private static ExecutorCores cluster(SparkConf conf, int running) {
    return ExecutorCores.ofCluster(conf, running, "3.5.9");
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }

  @ParameterizedTest
  @CsvSource({
    "local, 3, 1",
    "local[1], 2, 1",
    "local[2], 2, 2",
    "local[2], 5, 2",
    "local[4], 2, 2",
  })
  void localMasterHasOneTaskWithAThreadForEachCoreAndWorker(
      String master, int workers, int threads) {
    assertThat(choice(workers, "auto", ExecutorCores.ofLocalMaster(conf(master))))
        .contains(new Placement(threads));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, 4", "3, 4, 3", "1, 4, 1",
  })
  void executorWithACoreForEachWorkerHasOneTask(int workers, int cores, int threads) {
    SparkConf conf = conf("yarn").set("spark.executor.cores", Integer.toString(cores));
    assertThat(choice(workers, "auto", cluster(conf, 7))).contains(new Placement(threads));
  }

  @Test
  void onlyExecutorHasOneTask() {
    SparkConf conf =
        conf("k8s://https://a:443")
            .set("spark.executor.cores", "2")
            .set("spark.executor.instances", "1");
    assertThat(choice(5, "auto", cluster(conf, 1))).contains(new Placement(2));
    // Another one is requested.
    conf.set("spark.executor.instances", "2");
    assertThat(choice(5, "auto", cluster(conf, 1))).isEmpty();
    conf.remove("spark.executor.instances"); // Spark's default is 2
    assertThat(choice(5, "auto", cluster(conf, 1))).isEmpty();
  }

  @Test
  void onlyExecutorIsNotTheLastOneWithDynamicAllocation() {
    SparkConf conf = conf("yarn").set("spark.dynamicAllocation.enabled", "true");
    assertThat(choice(4, "auto", cluster(conf, 1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"yarn, false", "k8s://https://a:443, false", "spark://a:7077, true"})
  void oldestSparkRequestsCoresOnStandaloneClustersOnly(String master, boolean isOneTask) {
    SparkConf conf = conf(master).set("spark.executor.cores", "2");
    assertThat(choice(2, "auto", ExecutorCores.ofCluster(conf, 2, "3.5.0")))
        .isEqualTo(isOneTask ? Optional.of(new Placement(2)) : Optional.empty());
  }

  @Test
  void workersThatNeedSeveralExecutorsHaveATaskEach() {
    SparkConf conf = conf("yarn").set("spark.executor.cores", "4");
    assertThat(choice(5, "auto", cluster(conf, 2))).isEmpty();
  }

  @Test
  void executorsThatDoNotRunYetCount() {
    SparkConf conf = conf("spark://a:7077").set("spark.executor.cores", "2");
    assertThat(choice(5, "auto", cluster(conf, 0))).isEmpty();
    // A standalone cluster starts executors on all machines; the first one may not be the only one.
    assertThat(choice(5, "auto", cluster(conf, 1))).isEmpty();
    conf.set("spark.cores.max", "2");
    assertThat(choice(5, "auto", cluster(conf, 1))).contains(new Placement(2));
    conf.set("spark.cores.max", "4");
    assertThat(choice(5, "auto", cluster(conf, 1))).isEmpty();
    assertThat(choice(5, "auto", cluster(conf("local-cluster[2,4,1024]"), 1))).isEmpty();
    assertThat(choice(5, "auto", cluster(conf("local-cluster[1,4,1024]"), 1)))
        .contains(new Placement(4));
  }

  @Test
  void executorsOfUnknownSizeHaveATaskForEachWorker() {
    SparkConf conf = conf("spark://a:7077");
    assertThat(choice(2, "auto", cluster(conf, 1))).isEmpty();
    conf.set("spark.executor.cores", "2");
    assertThat(choice(2, "auto", cluster(conf, 1))).contains(new Placement(2));
  }

  @Test
  void localClusterHasTheCoresThatItsMasterNames() {
    assertThat(choice(2, "auto", cluster(conf("local-cluster[2,2,1024]"), 2)))
        .contains(new Placement(2));
    assertThat(choice(2, "auto", cluster(conf("local-cluster[2,1,1024]"), 2))).isEmpty();
  }

  @Test
  void taskThatCannotRequestItsCoresIsNotChosen() {
    SparkConf conf =
        conf("yarn")
            .set("spark.executor.cores", "4")
            .set("spark.dynamicAllocation.enabled", "true");
    assertThat(choice(4, "auto", cluster(conf, 2))).isEmpty();
    assertThat(choice(4, "auto", cluster(conf.set("spark.task.cpus", "4"), 2)))
        .contains(new Placement(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void numberSetByHandKeepsItsMeaning(String perTask) {
    assertThat(choice(2, perTask, new ExecutorCores(1, 8, 8))).isEmpty();
  }
}
