package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.EngineChoice;
import io.meanfield.engine.EngineSettings;
import io.meanfield.engine.KernelsChoice;
import io.meanfield.learner.Device;
import io.meanfield.network.DeviceChoice;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineCheckTest {
  private static final String WHERE = "executor 1 on a";
  private static final Device GPU = new Device("0");
  private static final String LOADING =
      "use Linux on x86-64 with glibc, and let the user of the process write to ~/.javacpp/cache,"
          + " or set -Dorg.bytedeco.javacpp.cachedir";
  private static final String PROBLEM = "the machine has no driver of NVIDIA";

  private static Finding finding(
      DeviceChoice wanted, Device announced, String problem, boolean hasDriver) {
    return check(EngineChoice.TORCH, wanted).gpu(WHERE, announced, problem, hasDriver);
  }

  private static EngineCheck check(EngineChoice choice, DeviceChoice device) {
    EngineSettings settings =
        new EngineSettings(choice, new KernelsChoice(Optional.empty()), device);
    return EngineCheck.of(settings, Kernels.X86_64_V3);
  }

  @Test
  void usedGpuAndMachineWithoutGpuAreOk() {
    assertThat(finding(DeviceChoice.ASSIGNED, GPU, "", true))
        .isEqualTo(Finding.ok("GPU", WHERE, "computes on the GPU 0"));
    assertThat(finding(DeviceChoice.ASSIGNED, Device.CPU, "", false))
        .isEqualTo(Finding.ok("GPU", WHERE, "none announced; computes on the CPU"));
  }

  @Test
  void announcedGpuThatTheEngineCannotUseFails() {
    assertThat(finding(DeviceChoice.ASSIGNED, GPU, PROBLEM, false))
        .isEqualTo(
            Finding.failed(
                "GPU",
                WHERE,
                "Spark assigns the GPU 0, but the machine has no driver of NVIDIA",
                "correct that, or set network.device = auto to compute on the CPU instead"));
  }

  @Test
  void announcedGpuThatTheEngineCannotUseIsAWarningIfTheCpuMayReplaceIt() {
    assertThat(finding(DeviceChoice.AUTO, GPU, PROBLEM, false))
        .isEqualTo(
            Finding.warning(
                "GPU",
                WHERE,
                "Spark assigns the GPU 0, but the machine has no driver of NVIDIA",
                "correct that, or jobs use the CPU"));
  }

  @Test
  void announcedGpuThatTheSettingLeavesUnusedIsOk() {
    assertThat(finding(DeviceChoice.CPU, GPU, PROBLEM, false))
        .isEqualTo(
            Finding.ok(
                "GPU", WHERE, "Spark assigns the GPU 0, which network.device = cpu leaves unused"));
  }

  @Test
  void missingGpuFailsIfTheSettingRequiresOne() {
    assertThat(finding(DeviceChoice.GPU, Device.CPU, "", true))
        .isEqualTo(
            Finding.failed(
                "GPU",
                WHERE,
                "network.device = gpu, but Spark assigns no GPU to its tasks",
                "submit jobs with --properties-file conf/gpu.conf to a cluster with GPUs"));
  }

  @Test
  void gpuThatSparkDoesNotAnnounceIsAWarning() {
    assertThat(finding(DeviceChoice.ASSIGNED, Device.CPU, "", true))
        .isEqualTo(
            Finding.warning(
                "GPU",
                WHERE,
                "the machine has a GPU, but Spark assigns none to its tasks",
                "submit jobs with --properties-file conf/gpu.conf to a cluster with GPUs"));
  }

  @Test
  void engineThatTheSettingsDemandFailsIfItDoesNotLoad() {
    assertThat(check(EngineChoice.TORCH, DeviceChoice.CPU).notLoaded(WHERE, "no library"))
        .isEqualTo(Finding.failed("engine", WHERE, "torch does not load: no library", LOADING));
  }

  @Test
  void driverWithoutLibTorchIsAWarningBecauseJobsUseTheOtherEngine() {
    EngineCheck check = check(EngineChoice.AUTO, DeviceChoice.CPU);
    Finding driver = check.notLoaded("driver", "no library");
    assertThat(driver)
        .isEqualTo(
            Finding.warning(
                "engine", "driver", "torch does not load: no library; jobs use dl4j", LOADING));
    assertThat(check.after(driver).engine()).isEqualTo(Engine.DL4J);
  }

  @Test
  void executorWithoutTheEngineOfTheDriverFails() {
    EngineCheck check = check(EngineChoice.AUTO, DeviceChoice.CPU);
    EngineCheck ofExecutors = check.after(Finding.ok("engine", "driver", "torch loads"));
    assertThat(ofExecutors.engine()).isEqualTo(Engine.TORCH);
    assertThat(ofExecutors.notLoaded(WHERE, "no library").result())
        .isEqualTo(Finding.Result.FAILED);
  }
}
