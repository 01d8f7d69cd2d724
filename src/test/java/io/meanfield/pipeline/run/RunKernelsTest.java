package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Precision;
import io.meanfield.kernels.Processor;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunKernelsTest {
  @Test
  void processorBelowEveryLevelIsWarnedAbout() {
    Processor old = new Processor("Old 1", false, Kernels.NATIVE, false);
    assertThat(RunKernels.warning(settings("auto"), Kernels.NATIVE, old))
        .contains(
            "the processor Old 1 lacks x86-64-v3, so the libraries select their kernels themselves"
                + " (run.kernels = native) and another processor may give other bits");
    assertThat(RunKernels.warning(settings("native"), Kernels.NATIVE, old)).isEmpty();
    assertThat(
            RunKernels.warning(
                settings("auto"),
                Kernels.NATIVE,
                new Processor("New 1", false, Kernels.X86_64_V4, false)))
        .isEmpty();
  }

  @Test
  void productsOfBfloat16OnIntelWithoutMatrixUnitsAreWarnedAbout() {
    Processor cooperLake = new Processor("Xeon 1", true, Kernels.X86_64_V4, true);
    String slow =
        "bfloat16 is slower than float32 on the processor Xeon 1, which has AVX512-BF16 but no AMX;"
            + " train.precision = float32 trains faster";
    assertThat(slowBfloat16(Kernels.X86_64_V4, cooperLake)).contains(slow);
    assertThat(slowBfloat16(Kernels.NATIVE, cooperLake)).contains(slow);
    assertThat(RunKernels.slowPrecision(Precision.FLOAT32, Kernels.X86_64_V4, cooperLake))
        .isEmpty();
    Processor withoutBfloat16 = new Processor("Xeon 0", true, Kernels.X86_64_V4, false);
    assertThat(slowBfloat16(Kernels.X86_64_V4, withoutBfloat16)).isEmpty(); // is refused
    Processor zen4 = new Processor("EPYC 1", false, Kernels.X86_64_V4, true);
    assertThat(slowBfloat16(Kernels.X86_64_V4, zen4)).isEmpty();
  }

  @Test
  void matrixUnitsThatTheKernelsOfTheRunDoNotUseAreWarnedAbout() {
    Processor sapphireRapids = new Processor("Xeon 2", true, Kernels.X86_64_V4_AMX, true);
    assertThat(slowBfloat16(Kernels.X86_64_V4, sapphireRapids))
        .contains(
            "bfloat16 is slower than float32 with run.kernels = x86-64-v4 on the processor Xeon 2;"
                + " a new run, in a program that has trained none before, with run.kernels ="
                + " x86-64-v4-amx uses AMX and trains faster");
    assertThat(slowBfloat16(Kernels.X86_64_V4_AMX, sapphireRapids)).isEmpty();
    assertThat(slowBfloat16(Kernels.NATIVE, sapphireRapids)).isEmpty();
  }

  private static Optional<String> slowBfloat16(Kernels kernels, Processor driver) {
    return RunKernels.slowPrecision(Precision.BFLOAT16, kernels, driver);
  }

  private static JobSettings settings(String kernels) {
    return JobSettings.load(List.of(), List.of("run.kernels=" + kernels));
  }

  @Test
  void differentKernelsOfTheExecutorsOfAHostAreAllRecorded() {
    List<ExecutorKernels> pinned =
        List.of(
            new ExecutorKernels("b", "Intel", "OpenBLAS SkylakeX"),
            new ExecutorKernels("a", "AMD", "OpenBLAS Zen"),
            new ExecutorKernels("a", "AMD", "OpenBLAS Haswell"),
            new ExecutorKernels("a", "AMD", "OpenBLAS Zen"));
    assertThat(ExecutorKernels.kernelsInUse(pinned))
        .isEqualTo(
            Map.of(
                "a", Set.of("OpenBLAS Haswell", "OpenBLAS Zen"), "b", Set.of("OpenBLAS SkylakeX")));
    assertThat(ExecutorKernels.processors(pinned)).isEqualTo(Map.of("a", "AMD", "b", "Intel"));
  }
}
