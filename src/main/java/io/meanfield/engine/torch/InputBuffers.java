package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.BatchHeader;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.NetworkSettings;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;

/** The tensors for the inputs of a network, allocated once for each size of minibatch. */
final class InputBuffers {
  private final Device device;
  private final int inputs;
  private final int outputs;
  private final Map<Integer, InputTensors> buffers = new HashMap<>();

  InputBuffers(NetworkSettings network, Device device) {
    this.device = device;
    this.inputs = network.inputs();
    this.outputs = network.outputs();
  }

  /** Returns the tensors for minibatches of this size, with the numbers of the previous one. */
  InputTensors of(int size) {
    return buffers.computeIfAbsent(
        size, absent -> InputTensors.allocate(device, absent, inputs, outputs));
  }

  /** Copies features, targets and sample weights of a minibatch into its tensors. */
  LoadedBatch load(Minibatch batch) {
    InputTensors loaded = loadFeatures(batch);
    LibTorch.write(batch.targets(), loaded.targets());
    if (batch.isWeighted()) {
      LibTorch.write(batch.sampleWeights(), loaded.sampleWeights());
    }
    return new LoadedBatch(loaded, BatchHeader.of(batch));
  }

  /** Copies the features of a minibatch into its tensors. */
  InputTensors loadFeatures(Minibatch batch) {
    InputTensors loaded = of(batch.size());
    if (batch.holdsImages()) {
      LibTorch.write(batch.pixels(), loaded.pixels());
      loaded.features().copy_(loaded.pixels());
    } else {
      LibTorch.write(batch.features(), loaded.features());
    }
    return loaded;
  }
}
