package io.meanfield.engine;

import io.meanfield.learner.Device;
import java.util.Optional;

/** Examines whether an engine can compute on a GPU of this machine. */
@FunctionalInterface
interface GpuProbe {
  /** Returns the reason why the engine cannot compute on the GPU; empty if it can. */
  Optional<String> unusableReason(Device gpu);
}
