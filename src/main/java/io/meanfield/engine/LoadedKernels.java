package io.meanfield.engine;

import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.OpenBlas;
import io.meanfield.network.Engine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The kernels that the libraries of this process use, asked of OpenBLAS and ATen.
 *
 * @param openBlas OpenBLAS' name of its kernels
 * @param aten ATen's name of its kernels; empty if the engine does not use LibTorch
 * @param oneDnn oneDNN's name of the highest kernels that it may use; empty if the engine does not
 *     use LibTorch, or if nothing was selected when it was loaded
 * @param foreignBlas the BLAS of another library that is used instead of Meanfield's OpenBLAS
 */
public record LoadedKernels(
    String openBlas, Optional<String> aten, Optional<String> oneDnn, Optional<Path> foreignBlas) {

  /** The remedy where Spark MLlib has loaded the BLAS of the machine. */
  public static final String JAVA_BLAS =
      "start driver and executors with -Ddev.ludovic.netlib.blas.nativeLib=none in"
          + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions";

  /**
   * Pins the kernels in this process, loads the libraries of the engine, and returns the kernels
   * that the libraries use.
   *
   * @throws UserException if the processor lacks the level, or if a library was loaded earlier with
   *     other kernels, or another BLAS
   */
  public static LoadedKernels pinned(Engine engine, Kernels kernels) {
    NativeLibraries.pin(kernels);
    LoadedKernels loaded =
        new LoadedKernels(
            OpenBlas.kernels(),
            engine == Engine.TORCH ? Optional.of(TorchEngine.kernels()) : Optional.empty(),
            engine == Engine.TORCH ? NativeLibraries.loadedOneDnn() : Optional.empty(),
            OpenBlas.foreign());
    loaded.require(kernels);
    return loaded;
  }

  void require(Kernels wanted) {
    if (foreignBlas.isPresent() && wanted != Kernels.NATIVE) {
      throw refusal(
          wanted,
          String.format(
              Locale.ROOT,
              " computes with %s, which Spark MLlib or another library has loaded before, expected"
                  + " Meanfield's OpenBLAS; %s, or start a new run with run.kernels = native, whose"
                  + " bits depend on that library",
              foreignBlas.get(),
              JAVA_BLAS));
    }
    requireSame("OpenBLAS", wanted, Optional.of(openBlas), wanted.openBlas());
    requireSame("LibTorch", wanted, aten, wanted.aten());
    requireSame("oneDNN", wanted, oneDnn, wanted.oneDnn());
  }

  private static void requireSame(
      String library, Kernels wanted, Optional<String> found, Optional<String> expected) {
    if (found.isPresent() && expected.isPresent() && !found.equals(expected)) {
      throw refusal(
          wanted,
          String.format(
              Locale.ROOT,
              " had loaded %s with the kernels %s before, expected %s; start a new Spark"
                  + " application, or set %s in the environment of driver and executors",
              library,
              found.get(),
              expected.get(),
              display(wanted.environment())));
    }
  }

  private static UserException refusal(Kernels wanted, String reason) {
    return UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "the run has run.kernels = %s, but a process on %s%s",
        wanted.id(),
        NativeLibraries.hostName(),
        reason);
  }

  private static String display(Map<String, String> environment) {
    return new TreeMap<>(environment)
        .entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .collect(Collectors.joining(" "));
  }

  /** Returns the kernels as they stand in a manifest. */
  public String display() {
    return foreignBlas.map(Path::toString).orElse("OpenBLAS " + openBlas)
        + aten.map(name -> ", ATen " + name).orElse("");
  }
}
