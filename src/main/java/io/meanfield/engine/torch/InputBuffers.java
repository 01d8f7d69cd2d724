package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.NetworkSettings;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** The tensors for the inputs of a network, allocated once for each size of minibatch. */
final class InputBuffers {
  private final Device device;
  private final int inputs;
  private final int outputs;
  private final Map<Integer, Tensors> buffers = new HashMap<>();

  InputBuffers(NetworkSettings network, Device device) {
    this.device = device;
    this.inputs = network.inputs();
    this.outputs = network.outputs();
  }

  /**
   * The tensors for minibatches of one size.
   *
   * @param pixels [size, inputs], bytes
   * @param features [size, inputs]
   * @param targets [size, outputs]
   * @param sampleWeights [size, 1]
   */
  record Tensors(Tensor pixels, Tensor features, Tensor targets, Tensor sampleWeights) {}

  private Tensors allocate(int size) {
    return new Tensors(
        LibTorch.bytes(device, size, inputs),
        LibTorch.zeros(device, size, inputs),
        LibTorch.zeros(device, size, outputs),
        LibTorch.zeros(device, size, 1));
  }

  /** Copies features, targets and sample weights of a minibatch into its tensors. */
  Tensors load(Minibatch batch) {
    Tensors loaded = loadFeatures(batch);
    LibTorch.write(batch.targets(), loaded.targets());
    if (batch.isWeighted()) {
      LibTorch.write(batch.sampleWeights(), loaded.sampleWeights());
    }
    return loaded;
  }

  /** Copies the features of a minibatch into its tensors. */
  Tensors loadFeatures(Minibatch batch) {
    Tensors loaded = buffers.computeIfAbsent(batch.size(), this::allocate);
    if (batch.holdsImages()) {
      LibTorch.write(batch.pixels(), loaded.pixels());
      loaded.features().copy_(loaded.pixels());
    } else {
      LibTorch.write(batch.features(), loaded.features());
    }
    return loaded;
  }
}
