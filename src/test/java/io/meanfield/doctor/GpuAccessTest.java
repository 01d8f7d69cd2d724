package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Device;
import org.junit.jupiter.api.Test;

class GpuAccessTest {
  private static final Device GPU = new Device("0");

  private static Finding finding(Device announced, Device used, boolean hasDriver) {
    return new GpuAccess(announced, used, hasDriver).finding("executor 1 on a");
  }

  @Test
  void usedGpuAndMachineWithoutGpuAreOk() {
    assertThat(finding(GPU, GPU, true))
        .isEqualTo(Finding.ok("GPU", "executor 1 on a", "computes on the GPU 0"));
    assertThat(finding(Device.CPU, Device.CPU, false))
        .isEqualTo(Finding.ok("GPU", "executor 1 on a", "none announced; computes on the CPU"));
  }

  @Test
  void announcedGpuThatTheEngineCannotUseFails() {
    String message = "Spark assigns the GPU 0, but the engine cannot use it";
    assertThat(finding(GPU, Device.CPU, true))
        .isEqualTo(
            Finding.failed(
                "GPU",
                "executor 1 on a",
                message,
                "build with mvn -P cuda -DskipTests package, and use network.engine = torch"));
    assertThat(finding(GPU, Device.CPU, false))
        .isEqualTo(
            Finding.failed(
                "GPU",
                "executor 1 on a",
                message,
                "install the driver of NVIDIA on this machine, or leave"
                    + " spark.task.resource.gpu.amount out"));
  }

  @Test
  void gpuThatSparkDoesNotAnnounceIsAWarning() {
    assertThat(finding(Device.CPU, Device.CPU, true))
        .isEqualTo(
            Finding.warning(
                "GPU",
                "executor 1 on a",
                "the machine has a GPU, but Spark assigns none to its tasks",
                "set spark.executor.resource.gpu.amount,"
                    + " spark.executor.resource.gpu.discoveryScript and"
                    + " spark.task.resource.gpu.amount"));
  }
}
