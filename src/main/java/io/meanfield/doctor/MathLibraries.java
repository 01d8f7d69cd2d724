package io.meanfield.doctor;

import io.meanfield.engine.EngineChoice;
import io.meanfield.engine.LoadedKernels;
import io.meanfield.engine.dl4j.NativeThreads;
import io.meanfield.error.UserException;
import io.meanfield.learner.OpenBlas;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import java.io.Serializable;

/**
 * The native libraries of one process after an attempt to load them.
 *
 * @param kernels that the libraries report; empty if they are not loaded
 * @param loadProblem why the libraries do not load; empty if they do
 * @param kernelsProblem why the kernels of the run cannot be used; empty if they can
 * @param threads the number of threads of OpenBLAS; 0 if it is not loaded
 * @param ompThreads the environment variable OMP_NUM_THREADS; empty if it is not set
 */
record MathLibraries(
    Engine engine,
    Kernels wanted,
    String kernels,
    String loadProblem,
    String kernelsProblem,
    int threads,
    String ompThreads)
    implements Serializable {

  /** Loads the libraries of an engine. */
  static MathLibraries load(Engine engine, Kernels wanted) {
    MathLibraries none =
        new MathLibraries(
            engine,
            wanted,
            "",
            "",
            "",
            0,
            System.getenv().getOrDefault("OMP_NUM_THREADS", "").strip());
    try {
      return none.loaded(LoadedKernels.pinned(engine, wanted));
    } catch (UserException e) {
      return none.withProblems("", e.getMessage());
    } catch (LinkageError e) {
      return none.withProblems(e.toString(), "");
    }
  }

  private MathLibraries loaded(LoadedKernels found) {
    // Before ND4J loads, whose limit holds for the same OpenBLAS.
    int threadsFound = OpenBlas.threads();
    if (engine == Engine.DL4J) {
      NativeThreads.useSingle();
    }
    return new MathLibraries(engine, wanted, found.display(), "", "", threadsFound, ompThreads);
  }

  private MathLibraries withProblems(String load, String pin) {
    return new MathLibraries(engine, wanted, "", load, pin, 0, ompThreads);
  }

  /** Returns whether the libraries load. */
  boolean isLoaded() {
    return loadProblem.isEmpty();
  }

  Finding loadFinding(String where, EngineChoice choice, MathLibraries driver) {
    String check = "native libraries";
    if (isLoaded()) {
      return Finding.ok(check, where, "the engine " + engine.id() + " loads");
    }
    String message = "the engine " + engine.id() + " does not load: " + loadProblem;
    String remedy =
        "use Linux on x86-64 with glibc, and let the user of the process write to"
            + " ~/.javacpp/cache, or set -Dorg.bytedeco.javacpp.cachedir";
    // The driver chooses the engine for all executors.
    boolean isReplaced =
        choice == EngineChoice.AUTO && engine == Engine.TORCH && !driver.isLoaded();
    return isReplaced
        ? Finding.warning(check, where, message + "; jobs use dl4j", remedy)
        : Finding.failed(check, where, message, remedy);
  }

  Finding kernelsFinding(String where) {
    String check = "kernels";
    if (!kernelsProblem.isEmpty()) {
      return Finding.failed(
          check,
          where,
          kernelsProblem,
          "unless the message names a remedy, set run.kernels = x86-64-v3, the level that every"
              + " processor of the cluster has, or native");
    }
    return isLoaded()
        ? Finding.ok(check, where, wanted.id() + ": " + kernels)
        : Finding.warning(
            check,
            where,
            "unknown, because the libraries do not load",
            "repair the native libraries first");
  }

  Finding threadsFinding(String where) {
    String check = "math threads";
    boolean isSingle = ompThreads.equals("1") && threads <= 1;
    String message =
        "OMP_NUM_THREADS is "
            + (ompThreads.isEmpty() ? "not set" : ompThreads)
            + ", OpenBLAS "
            + switch (threads) {
              case 0 -> "is not loaded";
              case 1 -> "has 1 thread";
              default -> "has " + threads + " threads";
            };
    return isSingle
        ? Finding.ok(check, where, message)
        : Finding.warning(
            check,
            where,
            message,
            "start jobs with scripts/submit, or set OMP_NUM_THREADS=1 for the driver and"
                + " spark.executorEnv.OMP_NUM_THREADS=1");
  }
}
