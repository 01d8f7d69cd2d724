package io.meanfield.doctor;

import io.meanfield.batch.TaskDevice;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.learner.Device;
import io.meanfield.learner.NativeLibraries;
import io.meanfield.network.Engine;
import java.io.Serializable;

/**
 * The GPU of one task.
 *
 * @param announced the GPU that Spark assigned to the task, or the CPU
 * @param used the device on which the engine would compute
 * @param hasDriver whether the machine has a driver of NVIDIA
 */
record GpuAccess(Device announced, Device used, boolean hasDriver) implements Serializable {
  private static final String CHECK = "GPU";

  static GpuAccess here(MathLibraries libraries) {
    Device announced = TaskDevice.current();
    boolean canCompute = libraries.engine() == Engine.TORCH && !libraries.kernels().isEmpty();
    return new GpuAccess(
        announced,
        canCompute ? TorchEngine.available(announced) : Device.CPU,
        NativeLibraries.hasGpuDriver());
  }

  Finding finding(String where) {
    if (announced.gpu().isPresent() && used.gpu().isEmpty()) {
      return Finding.failed(
          CHECK,
          where,
          "Spark assigns the GPU " + announced.address() + ", but the engine cannot use it",
          hasDriver
              ? "build with mvn -P cuda -DskipTests package, and use network.engine = torch"
              : "install the driver of NVIDIA on this machine, or leave"
                  + " spark.task.resource.gpu.amount out");
    }
    if (announced.gpu().isEmpty() && hasDriver) {
      return Finding.warning(
          CHECK,
          where,
          "the machine has a GPU, but Spark assigns none to its tasks",
          "set spark.executor.resource.gpu.amount, spark.executor.resource.gpu.discoveryScript and"
              + " spark.task.resource.gpu.amount");
    }
    return Finding.ok(
        CHECK,
        where,
        used.gpu()
            .map(address -> "computes on the GPU " + address)
            .orElse("none announced; computes on the CPU"));
  }
}
