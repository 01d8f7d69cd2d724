package io.meanfield.network;

import io.meanfield.settings.Section;
import java.util.Locale;

/** The values of the setting network.device: where the tasks of a job compute. */
public enum DeviceChoice {
  /**
   * The GPU that Spark assigns to the task, or the CPU if Spark assigns none. A task whose GPU
   * cannot be used fails.
   */
  ASSIGNED,
  /** The GPU that Spark assigns to the task, or the CPU if the task has no GPU that can be used. */
  AUTO,
  /** The CPU, also in a task with a GPU. */
  CPU,
  /** A GPU: a task without a GPU that can be used fails. */
  GPU;

  /** Reads the setting from the section {@code network}. */
  public static DeviceChoice read(Section network) {
    return network.choice("device", DeviceChoice.class);
  }

  /** Returns the name of the choice in settings and manifests. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
