package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.GpuRoom;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.Staging;
import io.meanfield.engine.torch.tensor.Upload;
import io.meanfield.learner.Device;
import io.meanfield.network.NetworkSettings;

/** The way of the minibatches to a device, and of loss and accuracy back. */
record TrainingPath(BatchLoader loader, StepScores scores) {
  /** Returns the fastest way, which is different for the CPU and a GPU. */
  static TrainingPath of(NetworkSettings network, Device device) {
    return device.gpu().isPresent() ? ofGpu(network, LibTorch.torchDevice(device)) : ofCpu(network);
  }

  private static TrainingPath ofCpu(NetworkSettings network) {
    InputBuffers buffers = new InputBuffers(network, LibTorch.torchDevice(Device.CPU));
    return new TrainingPath(new StepwiseLoader(buffers), new HostScores(network.loss()));
  }

  private static TrainingPath ofGpu(NetworkSettings network, org.bytedeco.pytorch.Device gpu) {
    return new TrainingPath(
        new ResidentLoader(
            network,
            new InputBuffers(network, gpu),
            new Staging(true),
            Upload.to(gpu),
            () -> GpuRoom.on(gpu)),
        new DeviceScores(network.loss(), gpu));
  }
}
