package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.Activations;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.network.layers.Activation;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The tensors for outputs and gradients of a network, for one size of minibatch. A step that
 * allocates them takes longer than the operations that fill them.
 *
 * @param outputs [size, outputs]
 * @param columns [outputs, size], for softmax
 * @param rows {@code columns} as [size, outputs]
 * @param difference [size, outputs]
 */
record OutputBuffers(Tensor outputs, Tensor columns, Tensor rows, Tensor difference) {
  static OutputBuffers allocate(Device device, int size, int outputs) {
    Tensor columns = LibTorch.zeros(device, outputs, size).retainReference();
    return new OutputBuffers(
        LibTorch.zeros(device, size, outputs).retainReference(),
        columns,
        columns.t().retainReference(),
        LibTorch.zeros(device, size, outputs).retainReference());
  }

  /** Returns the activations of the sums [size, outputs], as {@link Activations#apply} does. */
  Tensor outputs(Activation activation, Tensor sums) {
    if (activation != Activation.SOFTMAX || sums.size(1) >= Activations.VECTOR_WIDTH) {
      return Activations.apply(activation, sums);
    }
    torch.softmax_out(columns, sums.t(), 0);
    return outputs.copy_(rows);
  }

  /** Returns {@code computed - targets}. */
  Tensor difference(Tensor computed, Tensor targets) {
    return torch.sub_out(difference, computed, targets);
  }
}
