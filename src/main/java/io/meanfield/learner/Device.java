package io.meanfield.learner;

import java.io.Serializable;
import java.util.Optional;

/**
 * The device on which a learner computes.
 *
 * @param address of a GPU, as the cluster manager names it, such as 0; empty for the CPU
 */
public record Device(String address) implements Serializable {
  public static final Device CPU = new Device("");

  /** Returns the address of the GPU; empty for the CPU. */
  public Optional<String> gpu() {
    return Optional.of(address).filter(gpu -> !gpu.isEmpty());
  }
}
