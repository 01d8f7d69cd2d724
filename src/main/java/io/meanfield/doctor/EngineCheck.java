package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.TaskDevice;
import io.meanfield.engine.EngineSettings;
import io.meanfield.engine.Learners;
import io.meanfield.engine.LoadedKernels;
import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.learner.Device;
import io.meanfield.network.Engine;
import java.io.Serializable;
import java.util.List;

/**
 * The check of the engine in one process, which loads it.
 *
 * @param isReplaceable whether jobs use dl4j if the engine does not load
 */
@DefaultSerializer(JavaSerializer.class)
record EngineCheck(Engine engine, boolean isReplaceable, Kernels kernels) implements Serializable {
  private static final String ENGINE = "engine";
  private static final String GPU = "GPU";

  static EngineCheck of(EngineSettings settings, Kernels kernels) {
    return new EngineCheck(
        settings.engine().orElse(Engine.TORCH), settings.engine().isEmpty(), kernels);
  }

  /** Returns the check of the engine that jobs use if the driver has found this. */
  EngineCheck after(Finding driver) {
    return driver.result() == Finding.Result.WARNING
        ? new EngineCheck(Engine.DL4J, false, kernels)
        : new EngineCheck(engine, false, kernels); // the driver chooses for all executors
  }

  /** Returns the findings of this process, an executor. */
  List<Finding> ofExecutor(String where) {
    Finding loaded = load(where);
    Device announced = TaskDevice.current();
    return List.of(
        loaded,
        gpu(where, announced, gpuProblem(loaded, announced), NativeLibraries.hasGpuDriver()));
  }

  /** Loads the engine. */
  Finding load(String where) {
    try {
      LoadedKernels loaded = LoadedKernels.pinned(engine, kernels);
      return Finding.ok(
          ENGINE,
          where,
          "%s loads, run.kernels = %s: %s".formatted(engine.id(), kernels.id(), loaded.display()));
    } catch (UserException e) {
      return Finding.failed(
          ENGINE,
          where,
          e.getMessage(),
          "unless the message names a remedy, set run.kernels = x86-64-v3, the level that every"
              + " processor of the cluster has, or native");
    } catch (LinkageError e) {
      return notLoaded(where, e.toString());
    }
  }

  Finding notLoaded(String where, String problem) {
    String message = "%s does not load: %s".formatted(engine.id(), problem);
    String remedy =
        "use Linux on x86-64 with glibc, and let the user of the process write to"
            + " ~/.javacpp/cache, or set -Dorg.bytedeco.javacpp.cachedir";
    return isReplaceable
        ? Finding.warning(ENGINE, where, message + "; jobs use dl4j", remedy)
        : Finding.failed(ENGINE, where, message, remedy);
  }

  private String gpuProblem(Finding loaded, Device announced) {
    if (announced.gpu().isEmpty()) {
      return "";
    }
    return loaded.result() == Finding.Result.OK
        ? Learners.unusableReason(engine, announced).orElse("")
        : "the engine " + engine.id() + " does not load";
  }

  /**
   * Judges the GPU of a task.
   *
   * @param announced the GPU that Spark assigned to the task, or the CPU
   * @param problem why the engine cannot compute on that GPU; empty if it can
   * @param hasDriver whether the machine has a driver of NVIDIA
   */
  Finding gpu(String where, Device announced, String problem, boolean hasDriver) {
    if (announced.gpu().isEmpty()) {
      return hasDriver
          ? Finding.warning(
              GPU,
              where,
              "the machine has a GPU, but Spark assigns none to its tasks",
              "submit jobs with --properties-file conf/gpu.conf to a cluster with GPUs")
          : Finding.ok(GPU, where, "none announced; computes on the CPU");
    }
    if (problem.isEmpty()) {
      return Finding.ok(GPU, where, "computes on the GPU " + announced.address());
    }
    return Finding.failed(
        GPU,
        where,
        "Spark assigns the GPU %s, but %s".formatted(announced.address(), problem),
        "correct that, or submit jobs without GPUs to compute on the CPU");
  }
}
