package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.EngineChoice;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import org.junit.jupiter.api.Test;

class MathLibrariesTest {
  private static final String WHERE = "executor 1 on a";
  private static final String KERNELS = "OpenBLAS Haswell, ATen AVX2";
  private static final String LOADING =
      "use Linux on x86-64 with glibc, and let the user of the process write to ~/.javacpp/cache,"
          + " or set -Dorg.bytedeco.javacpp.cachedir";
  private static final String THREADS =
      "start jobs with scripts/submit, or set OMP_NUM_THREADS=1 for the driver and"
          + " spark.executorEnv.OMP_NUM_THREADS=1";
  private static final MathLibraries SOUND = of(KERNELS, "", "", 1, "1");
  private static final MathLibraries BROKEN = of("", "no library", "", 0, "1");

  private static MathLibraries of(
      String kernels, String loadProblem, String kernelsProblem, int threads, String omp) {
    return new MathLibraries(
        Engine.TORCH, Kernels.X86_64_V3, kernels, loadProblem, kernelsProblem, threads, omp);
  }

  @Test
  void soundLibrariesAreOk() {
    assertThat(SOUND.loadFinding(WHERE, EngineChoice.AUTO, SOUND))
        .isEqualTo(Finding.ok("native libraries", WHERE, "the engine torch loads"));
    assertThat(SOUND.kernelsFinding(WHERE))
        .isEqualTo(Finding.ok("kernels", WHERE, "x86-64-v3: OpenBLAS Haswell, ATen AVX2"));
    assertThat(SOUND.threadsFinding(WHERE))
        .isEqualTo(
            Finding.ok("math threads", WHERE, "OMP_NUM_THREADS is 1, OpenBLAS has 1 thread"));
  }

  @Test
  void anEngineThatTheSettingsDemandFailsIfItDoesNotLoad() {
    assertThat(BROKEN.loadFinding(WHERE, EngineChoice.TORCH, BROKEN))
        .isEqualTo(
            Finding.failed(
                "native libraries", WHERE, "the engine torch does not load: no library", LOADING));
  }

  @Test
  void anExecutorWithoutTheEngineOfTheDriverFails() {
    assertThat(BROKEN.loadFinding(WHERE, EngineChoice.AUTO, SOUND).result())
        .isEqualTo(Finding.Result.FAILED);
  }

  @Test
  void aDriverWithoutLibTorchIsAWarningBecauseItChoosesTheOtherEngine() {
    assertThat(BROKEN.loadFinding("driver", EngineChoice.AUTO, BROKEN))
        .isEqualTo(
            Finding.warning(
                "native libraries",
                "driver",
                "the engine torch does not load: no library; jobs use dl4j",
                LOADING));
  }

  @Test
  void kernelsThatTheProcessorLacksFail() {
    assertThat(of("", "", "the processor lacks them", 0, "1").kernelsFinding(WHERE))
        .isEqualTo(
            Finding.failed(
                "kernels",
                WHERE,
                "the processor lacks them",
                "unless the message names a remedy, set run.kernels = x86-64-v3, the level that"
                    + " every processor of the cluster has,"
                    + " or native"));
  }

  @Test
  void kernelsOfLibrariesThatDoNotLoadAreUnknown() {
    assertThat(BROKEN.kernelsFinding(WHERE))
        .isEqualTo(
            Finding.warning(
                "kernels",
                WHERE,
                "unknown, because the libraries do not load",
                "repair the native libraries first"));
  }

  @Test
  void severalMathThreadsAreAWarning() {
    assertThat(of(KERNELS, "", "", 8, "").threadsFinding(WHERE))
        .isEqualTo(
            Finding.warning(
                "math threads",
                WHERE,
                "OMP_NUM_THREADS is not set, OpenBLAS has 8 threads",
                THREADS));
    assertThat(of(KERNELS, "", "", 4, "4").threadsFinding(WHERE).message())
        .isEqualTo("OMP_NUM_THREADS is 4, OpenBLAS has 4 threads");
    assertThat(of("", "no library", "", 0, "1").threadsFinding(WHERE).message())
        .isEqualTo("OMP_NUM_THREADS is 1, OpenBLAS is not loaded");
  }
}
