package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.GpuRoom;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.Staging;
import io.meanfield.engine.torch.tensor.Upload;
import io.meanfield.learner.Device;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.Minibatches;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.TaskType;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Counts the copies of images to a device in a round, and compares with a copy for each step. */
public final class CopyCheck {
  private final NetworkSettings network;
  private final int steps;
  private final int batchSize;

  /** Prepares a round of so many steps on minibatches of so many images. */
  public CopyCheck(NetworkSettings network, int steps, int batchSize) {
    this.network = network;
    this.steps = steps;
    this.batchSize = batchSize;
  }

  /**
   * A round.
   *
   * @param copies number of copies of the images and their targets
   * @param speed images a second
   */
  private record Round(int copies, double speed, LearnerState state) {}

  /**
   * Two rounds on the same images: one that copies them together, and one that copies each
   * minibatch.
   *
   * @param sameBits whether both end with the same weights
   */
  public record Comparison(
      int together, double togetherSpeed, int single, double singleSpeed, boolean sameBits) {}

  /** Trains for both rounds on a device. */
  public Comparison on(Device device) {
    Round together = round(device, (long) steps * batchSize);
    Round single = round(device, 0);
    return new Comparison(
        together.copies(),
        together.speed(),
        single.copies(),
        single.speed(),
        Arrays.equals(together.state().weights(), single.state().weights()));
  }

  private Round round(Device device, long readAhead) {
    org.bytedeco.pytorch.Device torchDevice = LibTorch.torchDevice(device);
    AtomicInteger copies = new AtomicInteger();
    Upload upload = Upload.to(torchDevice);
    BatchLoader loader =
        new ResidentLoader(
            network,
            new InputBuffers(network, torchDevice),
            new Staging(device.gpu().isPresent()),
            staged -> {
              copies.incrementAndGet();
              return upload.copy(staged);
            },
            () -> device.gpu().isPresent() ? GpuRoom.on(torchDevice) : Long.MAX_VALUE);
    TorchLearner learner =
        new TorchLearner(
            network,
            device,
            new TrainingPath(loader, new DeviceScores(network.loss(), torchDevice)));
    learner.restore(Model.untrained(network, 1).state());
    learner.fit(images(readAhead)); // warms up
    learner.restore(Model.untrained(network, 1).state());
    copies.set(0);
    long began = System.nanoTime();
    learner.fit(images(readAhead));
    LearnerState state = learner.state();
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Round(copies.get(), steps * batchSize / seconds, state);
  }

  private Minibatches images(long readAhead) {
    Random random = new Random(5);
    Minibatch batch =
        Minibatch.ofImages(
            batchSize, network.inputs(), network.outputs(), TaskType.ofClasses(network.outputs()));
    return new Minibatches(
        IntStream.range(0, steps)
            .mapToObj(
                step -> {
                  batch.reset(batchSize, step);
                  random.nextBytes(batch.pixels());
                  for (int row = 0; row < batchSize; row++) {
                    batch.label(row, random.nextInt(network.outputs()));
                  }
                  return batch;
                }),
        readAhead);
  }
}
