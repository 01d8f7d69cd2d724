package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadedKernelsTest {
  private static final String VARIABLES =
      "ATEN_CPU_CAPABILITY=avx2 ONEDNN_MAX_CPU_ISA=AVX2 OPENBLAS_CORETYPE=Haswell";

  private static LoadedKernels loaded(String openBlas, String aten) {
    return new LoadedKernels(openBlas, Optional.of(aten), Optional.empty());
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
    LoadedKernels loaded = new LoadedKernels("Haswell", Optional.empty(), Optional.empty());
    assertThatCode(() -> loaded.require(Kernels.X86_64_V3)).doesNotThrowAnyException();
    assertThat(loaded.display()).isEqualTo("OpenBLAS Haswell");
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void namesOfKernelsAreReadAsTheyAreWritten(Kernels kernels) {
    assertThat(Kernels.of(kernels.id())).isEqualTo(kernels);
  }
}
