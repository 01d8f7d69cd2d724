package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ludovic.netlib.blas.NativeBLAS;
import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.network.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark MLlib loads the BLAS of the machine for the whole process, so that LibTorch calls it, too.
 * Here a copy of Meanfield's OpenBLAS in another directory stands for the BLAS of the machine.
 */
@Tag("cluster")
@Tag("promise")
class ForeignBlasIT {
  @TempDir private Path system;

  /** Loads MLlib's BLAS, if it finds one, and then prints what the libraries of an engine use. */
  static final class Load {
    private Load() {}

    public static void main(String[] engine) {
      try {
        NativeBLAS.getInstance();
      } catch (RuntimeException e) {
        System.out.println("MLlib computes in Java");
      }
      Engine used = Engine.valueOf(engine[0]);
      try {
        System.out.println(LoadedKernels.pinned(used, Kernels.X86_64_V3).display());
      } catch (UserException e) {
        System.out.println(e.getMessage());
      }
      System.out.println(NativeLibraries.canPin(Kernels.X86_64_V3));
      System.out.println(LoadedKernels.pinned(used, Kernels.NATIVE).display());
    }
  }

  private List<String> print(Engine engine, String library) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Ddev.ludovic.netlib.blas." + library,
                "-Djava.util.logging.config.file=/dev/null",
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName(),
                engine.name())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().toList();
  }

  private Path copyOfOpenBlas() throws IOException {
    Path unpacked = Path.of(Loader.load(openblas.class)).toRealPath().getParent();
    try (Stream<Path> files = Files.list(unpacked)) {
      for (Path file : files.filter(file -> file.toString().contains(".so.")).toList()) {
        Files.copy(file, system.resolve(file.getFileName()));
      }
    }
    return Files.move(system.resolve("libopenblas.so.0"), system.resolve("libblas.so.3"));
  }

  @Test
  void blasThatMllibHasLoadedIsRefusedUnlessKernelsAreNative() throws Exception {
    Path library = copyOfOpenBlas();
    assertThat(print(Engine.TORCH, "nativeLibPath=" + library))
        .hasSize(3)
        .satisfiesExactly(
            refusal ->
                assertThat(refusal)
                    .startsWith("the run has run.kernels = x86-64-v3, but a process on ")
                    .contains(" computes with " + library + ", which Spark MLlib")
                    .contains("-Ddev.ludovic.netlib.blas.nativeLib=none"),
            canPin -> assertThat(canPin).isEqualTo("false"),
            display -> assertThat(display).startsWith(library + ", ATen "));
  }

  @Test
  void remedyOfTheMessageKeepsMllibFromLoadingOne() throws Exception {
    assertThat(print(Engine.TORCH, "nativeLib=none"))
        .containsExactly(
            "MLlib computes in Java",
            "OpenBLAS Haswell, ATen AVX2",
            "true",
            "OpenBLAS Haswell, ATen AVX2");
  }
}
