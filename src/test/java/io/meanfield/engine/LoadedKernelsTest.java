package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.Precision;
import io.meanfield.kernels.Processor;
import io.meanfield.network.Engine;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadedKernelsTest {
  private static final String VARIABLES =
      "ATEN_CPU_CAPABILITY=avx2 ONEDNN_MAX_CPU_ISA=AVX2 OPENBLAS_CORETYPE=Haswell";

  private static LoadedKernels loaded(String openBlas, String aten) {
    return new LoadedKernels(openBlas, Optional.of(aten), Optional.empty(), Optional.empty());
  }

  @Test
  void levelsThatDifferInOneDnnOnlyAreToldApart() {
    LoadedKernels loaded =
        new LoadedKernels(
            "SkylakeX", Optional.of("AVX512"), Optional.of("AVX512_CORE_BF16"), Optional.empty());
    assertThatCode(() -> loaded.require(Kernels.X86_64_V4)).doesNotThrowAnyException();
    assertThatThrownBy(() -> loaded.require(Kernels.X86_64_V4_AMX))
        .hasMessage(
            "the run has run.kernels = x86-64-v4-amx, but a process on "
                + NativeLibraries.hostName()
                + " had loaded oneDNN with the kernels AVX512_CORE_BF16 before, expected"
                + " AVX512_CORE_AMX; start a new Spark application, or set"
                + " ATEN_CPU_CAPABILITY=avx512 ONEDNN_MAX_CPU_ISA=AVX512_CORE_AMX"
                + " OPENBLAS_CORETYPE=SkylakeX in the environment of driver and executors");
  }

  @Test
  void levelOfThisProcessStaysWhenLibTorchIsLoaded() {
    Kernels here = Processor.here().highest(Precision.FLOAT32);
    assumeTrue(here == Kernels.X86_64_V4, "the processor lacks x86-64-v4");
    LoadedKernels loaded = LoadedKernels.pinned(Engine.TORCH, here);
    assertThat(loaded.oneDnn()).isEqualTo(here.oneDnn());
    assertThat(NativeLibraries.canPin(Kernels.X86_64_V4_AMX)).isFalse();
    assertThat(NativeLibraries.pinned()).contains(here);
  }

  @Test
  void librariesThatWereLoadedWithOtherKernelsAreRefused() {
    String process = "but a process on " + NativeLibraries.hostName() + " had loaded ";
    assertThatThrownBy(() -> loaded("SkylakeX", "AVX512").require(Kernels.X86_64_V3))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the run has run.kernels = x86-64-v3, "
                + process
                + "OpenBLAS with the kernels SkylakeX before, expected Haswell; start a new Spark"
                + " application, or set "
                + VARIABLES
                + " in the environment of driver and executors");
    assertThatThrownBy(() -> loaded("Haswell", "AVX512").require(Kernels.X86_64_V3))
        .hasMessage(
            "the run has run.kernels = x86-64-v3, "
                + process
                + "LibTorch with the kernels AVX512 before, expected AVX2; start a new Spark"
                + " application, or set "
                + VARIABLES
                + " in the environment of driver and executors");
  }

  @Test
  void nativeAcceptsAllKernels() {
    assertThatCode(() -> loaded("Zen", "AVX512").require(Kernels.NATIVE))
        .doesNotThrowAnyException();
  }

  @Test
  void engineWithoutLibTorchNeedsTheKernelsOfOpenBlasOnly() {
    LoadedKernels loaded =
        new LoadedKernels("Haswell", Optional.empty(), Optional.empty(), Optional.empty());
    assertThatCode(() -> loaded.require(Kernels.X86_64_V3)).doesNotThrowAnyException();
    assertThat(loaded.display()).isEqualTo("OpenBLAS Haswell");
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void namesOfKernelsAreReadAsTheyAreWritten(Kernels kernels) {
    assertThat(Kernels.of(kernels.id())).isEqualTo(kernels);
  }
}
