package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.learner.Device;
import io.meanfield.learner.NativeLibraries;
import io.meanfield.network.DeviceChoice;
import io.meanfield.network.Engine;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceSelectionTest {
  private static final Device GPU = new Device("7");
  private static final GpuProbe USABLE = gpu -> Optional.empty();
  private static final GpuProbe UNUSABLE = gpu -> Optional.of("it is broken");

  @ParameterizedTest
  @EnumSource(names = {"ASSIGNED", "AUTO", "GPU"})
  void assignedGpuThatTheEngineCanUseIsUsed(DeviceChoice choice) {
    assertThat(DeviceSelection.select(choice, GPU, USABLE)).isEqualTo(GPU);
  }

  @ParameterizedTest
  @EnumSource(names = {"ASSIGNED", "AUTO", "CPU"})
  void taskWithoutAGpuComputesOnTheCpu(DeviceChoice choice) {
    assertThat(DeviceSelection.select(choice, Device.CPU, USABLE)).isEqualTo(Device.CPU);
  }

  @Test
  void cpuLeavesAnAssignedGpuUnusedAndUnexamined() {
    GpuProbe unexpected =
        gpu -> {
          throw new AssertionError("examined " + gpu);
        };
    assertThat(DeviceSelection.select(DeviceChoice.CPU, GPU, unexpected)).isEqualTo(Device.CPU);
  }

  @ParameterizedTest
  @EnumSource(names = {"ASSIGNED", "GPU"})
  void assignedGpuThatTheEngineCannotUseIsAnError(DeviceChoice choice) {
    assertThatThrownBy(() -> DeviceSelection.select(choice, GPU, UNUSABLE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Spark assigned the GPU 7 to a task on "
                + NativeLibraries.hostName()
                + ", but it is broken; correct that, or set network.device = auto to compute on the"
                + " CPU instead");
  }

  @Test
  void autoComputesOnTheCpuInsteadOfAGpuThatTheEngineCannotUse() {
    assertThat(DeviceSelection.select(DeviceChoice.AUTO, GPU, UNUSABLE)).isEqualTo(Device.CPU);
  }

  @Test
  void gpuRefusesATaskWithoutAGpu() {
    assertThatThrownBy(() -> DeviceSelection.select(DeviceChoice.GPU, Device.CPU, USABLE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "network.device = gpu, but Spark assigned no GPU to a task on "
                + NativeLibraries.hostName()
                + "; submit the job with --properties-file conf/gpu.conf to a cluster with GPUs, or"
                + " leave network.device out");
  }

  @Test
  void dl4jComputesOnTheCpuOnly() {
    assertThat(Learners.unusableReason(Engine.DL4J, GPU))
        .contains("network.engine = dl4j computes on the CPU only");
  }
}
