package io.meanfield.engine.torch.tensor;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Memory of the CPU from which a GPU copies.
 *
 * @param pinned whether the operating system does not move it, without which a GPU cannot copy on
 *     its own. LibTorch reuses such memory only after the copy.
 */
public record Staging(boolean pinned) {
  /** Returns a tensor whose numbers are undefined. */
  public Tensor allocate(torch.ScalarType type, long... shape) {
    return torch.empty(
        shape,
        new TensorOptions()
            .dtype(new ScalarTypeOptional(type))
            .pinned_memory(new BoolOptional(pinned)),
        new MemoryFormatOptional());
  }
}
