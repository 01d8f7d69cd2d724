package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Processor;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunKernelsTest {
  @Test
  void processorBelowEveryLevelIsWarnedAbout() {
    Processor old = new Processor("Old 1", Kernels.NATIVE, false);
    assertThat(RunKernels.warning(settings("auto"), Kernels.NATIVE, old))
        .contains(
            "the processor Old 1 lacks x86-64-v3, so the libraries select their kernels themselves"
                + " (run.kernels = native) and another processor may give other bits");
    assertThat(RunKernels.warning(settings("native"), Kernels.NATIVE, old)).isEmpty();
    assertThat(
            RunKernels.warning(
                settings("auto"), Kernels.NATIVE, new Processor("New 1", Kernels.X86_64_V4, false)))
        .isEmpty();
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
