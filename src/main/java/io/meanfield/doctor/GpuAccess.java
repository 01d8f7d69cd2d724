package io.meanfield.doctor;

import io.meanfield.batch.TaskDevice;
import io.meanfield.engine.Learners;
import io.meanfield.learner.Device;
import io.meanfield.learner.NativeLibraries;
import io.meanfield.network.DeviceChoice;
import java.io.Serializable;

/**
 * The GPU of one task.
 *
 * @param wanted the setting network.device
 * @param announced the GPU that Spark assigned to the task, or the CPU
 * @param problem why the engine cannot compute on the announced GPU; empty if it can, or if there
 *     is none
 * @param hasDriver whether the machine has a driver of NVIDIA
 */
record GpuAccess(DeviceChoice wanted, Device announced, String problem, boolean hasDriver)
    implements Serializable {
  private static final String CHECK = "GPU";
  private static final String ANNOUNCE =
      "submit jobs with --properties-file conf/gpu.conf to a cluster with GPUs";

  static GpuAccess here(MathLibraries libraries, DeviceChoice wanted) {
    Device announced = TaskDevice.current();
    String problem = announced.gpu().isEmpty() ? "" : problem(libraries, announced);
    return new GpuAccess(wanted, announced, problem, NativeLibraries.hasGpuDriver());
  }

  private static String problem(MathLibraries libraries, Device gpu) {
    return libraries.isLoaded()
        ? Learners.unusableReason(libraries.engine(), gpu).orElse("")
        : "the engine " + libraries.engine().id() + " does not load";
  }

  Finding finding(String where) {
    return announced.gpu().isPresent() ? ofAnnounced(where) : ofNone(where);
  }

  private Finding ofAnnounced(String where) {
    String assigned = "Spark assigns the GPU " + announced.address();
    if (wanted == DeviceChoice.CPU) {
      return Finding.ok(CHECK, where, assigned + ", which network.device = cpu leaves unused");
    }
    if (problem.isEmpty()) {
      return Finding.ok(CHECK, where, "computes on the GPU " + announced.address());
    }
    return wanted == DeviceChoice.AUTO
        ? Finding.warning(
            CHECK, where, assigned + ", but " + problem, "correct that, or jobs use the CPU")
        : Finding.failed(
            CHECK,
            where,
            assigned + ", but " + problem,
            "correct that, or set network.device = auto to compute on the CPU instead");
  }

  private Finding ofNone(String where) {
    if (wanted == DeviceChoice.GPU) {
      return Finding.failed(
          CHECK, where, "network.device = gpu, but Spark assigns no GPU to its tasks", ANNOUNCE);
    }
    return hasDriver
        ? Finding.warning(
            CHECK, where, "the machine has a GPU, but Spark assigns none to its tasks", ANNOUNCE)
        : Finding.ok(CHECK, where, "none announced; computes on the CPU");
  }
}
