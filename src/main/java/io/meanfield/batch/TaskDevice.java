package io.meanfield.batch;

import io.meanfield.learner.Device;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Finds the device of the running task: the first GPU that Spark assigned to it, or the CPU. */
public final class TaskDevice {
  private static final String GPU = "gpu";

  private TaskDevice() {}

  /** Returns the device of the task that runs on this thread; the CPU if it has no GPU. */
  public static Device current() {
    return Optional.ofNullable(TaskContext.get())
        .flatMap(task -> Optional.ofNullable(task.resourcesJMap().get(GPU)))
        .map(ResourceInformation::addresses)
        .filter(addresses -> addresses.length > 0)
        .map(addresses -> new Device(addresses[0]))
        .orElse(Device.CPU);
  }
}
