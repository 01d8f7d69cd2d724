package io.meanfield.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuTasksTest {
  private static SparkConf cluster(String master) {
    return new SparkConf(false).setMaster(master).set("spark.executor.resource.gpu.amount", "1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark://a:7077", "local-cluster[2,1,1024]", "yarn", "k8s://https://a:443"})
  void stagesRequestTheGpusOfExecutors(String master) {
    assertThat(GpuTasks.isScheduled(cluster(master))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[2]", "local[*]"})
  void localModeAssignsNoGpus(String master) {
    assertThat(GpuTasks.isScheduled(cluster(master))).isFalse();
  }

  @Test
  void executorsWithoutGpusAreUsedAsTheyAre() {
    assertThat(GpuTasks.isScheduled(new SparkConf(false).setMaster("yarn"))).isFalse();
  }

  @Test
  void gpusThatAllTasksHaveAreNotRequestedAgain() {
    assertThat(GpuTasks.isScheduled(cluster("yarn").set("spark.task.resource.gpu.amount", "1")))
        .isFalse();
  }

  @Test
  void dynamicAllocationWouldStartFurtherExecutors() {
    assertThat(GpuTasks.isScheduled(cluster("yarn").set("spark.dynamicAllocation.enabled", "true")))
        .isFalse();
  }
}
