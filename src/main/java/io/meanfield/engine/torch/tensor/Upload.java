package io.meanfield.engine.torch.tensor;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;

/** Copies a tensor from the memory of the CPU to a device. */
@FunctionalInterface
public interface Upload {
  /**
   * Returns the copy. Does not wait for the device, which copies before the work that it is given
   * afterwards.
   *
   * @param staged contiguous, in memory of a {@link Staging}
   */
  Tensor copy(Tensor staged);

  /** Returns the copies to a device. */
  static Upload to(Device device) {
    return staged ->
        staged.to(device, staged.scalar_type(), true, true, new MemoryFormatOptional());
  }
}
