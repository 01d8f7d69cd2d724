package io.meanfield.engine;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.learner.Device;
import io.meanfield.learner.NativeLibraries;
import io.meanfield.network.DeviceChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Selects the device on which a learner computes, by the setting network.device. */
final class DeviceSelection {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceSelection.class);

  private DeviceSelection() {}

  /**
   * Returns the device for a task.
   *
   * @param assigned the GPU that Spark has assigned to the task, or the CPU
   * @throws UserException if the choice requires a GPU and the task has none that can be used
   */
  static Device select(DeviceChoice choice, Device assigned, GpuProbe probe) {
    return choice == DeviceChoice.CPU || assigned.gpu().isEmpty()
        ? cpu(choice)
        : probe
            .unusableReason(assigned)
            .map(reason -> insteadOf(assigned, reason, choice))
            .orElse(assigned);
  }

  private static Device cpu(DeviceChoice choice) {
    if (choice == DeviceChoice.GPU) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "network.device = gpu, but Spark assigned no GPU to a task on "
              + NativeLibraries.hostName()
              + "; submit the job with --properties-file conf/gpu.conf to a cluster with GPUs, or"
              + " leave network.device out");
    }
    return Device.CPU;
  }

  private static Device insteadOf(Device gpu, String reason, DeviceChoice choice) {
    String problem =
        "Spark assigned the GPU "
            + gpu.address()
            + " to a task on "
            + NativeLibraries.hostName()
            + ", but "
            + reason;
    if (choice != DeviceChoice.AUTO) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          problem + "; correct that, or set network.device = auto to compute on the CPU instead");
    }
    LOG.warn("{}; it computes on the CPU, as network.device = auto allows", problem);
    return Device.CPU;
  }
}
