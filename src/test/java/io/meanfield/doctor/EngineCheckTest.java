package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.EngineSettings;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.network.Engine;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineCheckTest {
  private static final String WHERE = "executor 1 on a";
  private static final Device GPU = new Device("0");
  private static final String LOADING =
      "use Linux on x86-64 with glibc, and let the user of the process write to ~/.javacpp/cache,"
          + " or set -Dorg.bytedeco.javacpp.cachedir";
  private static final String PROBLEM = "the machine has no driver of NVIDIA";

  private static Finding finding(Device announced, String problem, boolean hasDriver) {
    return check(Optional.of(Engine.TORCH)).gpu(WHERE, announced, problem, hasDriver);
  }

  private static EngineCheck check(Optional<Engine> choice) {
    EngineSettings settings = new EngineSettings(choice, Optional.empty(), Precision.FLOAT32);
    return EngineCheck.of(settings, Kernels.X86_64_V3);
  }

  @Test
  void usedGpuAndMachineWithoutGpuAreOk() {
    assertThat(finding(GPU, "", true)).isEqualTo(Finding.ok("GPU", WHERE, "computes on the GPU 0"));
    assertThat(finding(Device.CPU, "", false))
        .isEqualTo(Finding.ok("GPU", WHERE, "none announced; computes on the CPU"));
  }

  @Test
  void announcedGpuThatTheEngineCannotUseFails() {
    assertThat(finding(GPU, PROBLEM, false))
        .isEqualTo(
            Finding.failed(
                "GPU",
                WHERE,
                "Spark assigns the GPU 0, but the machine has no driver of NVIDIA",
                "correct that, or submit jobs without GPUs to compute on the CPU"));
  }

  @Test
  void gpuThatSparkDoesNotAnnounceIsAWarning() {
    assertThat(finding(Device.CPU, "", true))
        .isEqualTo(
            Finding.warning(
                "GPU",
                WHERE,
                "the machine has a GPU, but Spark assigns none to its tasks",
                "submit jobs with --properties-file conf/gpu.conf to a cluster with GPUs"));
  }

  @Test
  void engineThatTheSettingsDemandFailsIfItDoesNotLoad() {
    assertThat(check(Optional.of(Engine.TORCH)).notLoaded(WHERE, "no library"))
        .isEqualTo(Finding.failed("engine", WHERE, "torch does not load: no library", LOADING));
  }

  @Test
  void driverWithoutLibTorchIsAWarningBecauseJobsUseTheOtherEngine() {
    EngineCheck check = check(Optional.empty());
    Finding driver = check.notLoaded("driver", "no library");
    assertThat(driver)
        .isEqualTo(
            Finding.warning(
                "engine", "driver", "torch does not load: no library; jobs use dl4j", LOADING));
    assertThat(check.after(driver).engine()).isEqualTo(Engine.DL4J);
  }

  @Test
  void executorWithoutTheEngineOfTheDriverFails() {
    EngineCheck check = check(Optional.empty());
    EngineCheck ofExecutors = check.after(Finding.ok("engine", "driver", "torch loads"));
    assertThat(ofExecutors.engine()).isEqualTo(Engine.TORCH);
    assertThat(ofExecutors.notLoaded(WHERE, "no library").result())
        .isEqualTo(Finding.Result.FAILED);
  }
}
