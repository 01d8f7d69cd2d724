package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.BatchHeader;
import io.meanfield.engine.torch.tensor.StagedRows;
import io.meanfield.engine.torch.tensor.Staging;
import io.meanfield.engine.torch.tensor.Upload;
import io.meanfield.learner.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.global.torch;

/**
 * Minibatches that are copied to a device together and stay there until the last of their steps.
 */
final class ResidentChunk implements AutoCloseable {
  private final int capacity;
  private final StagedRows features;
  private final StagedRows targets;
  private final StagedRows sampleWeights;
  private final List<BatchHeader> headers = new ArrayList<>();
  private int rows;

  /**
   * Creates an empty chunk.
   *
   * @param capacity the largest number of examples
   */
  ResidentChunk(int capacity, ExampleFormat format, Staging staging) {
    this.capacity = capacity;
    this.features = new StagedRows(staging.allocate(format.type(), capacity, format.inputs()));
    this.targets =
        new StagedRows(staging.allocate(torch.ScalarType.Float, capacity, format.outputs()));
    this.sampleWeights = new StagedRows(staging.allocate(torch.ScalarType.Float, capacity, 1));
  }

  /** Returns whether the chunk has room for the minibatch. */
  boolean fits(Minibatch batch) {
    return rows + batch.size() <= capacity;
  }

  /** Appends a minibatch that fits. */
  void add(Minibatch batch) {
    int count = batch.size();
    if (batch.holdsImages()) {
      features.add(batch.pixels(), count);
    } else {
      features.add(batch.features(), count);
    }
    targets.add(batch.targets(), count);
    if (batch.isWeighted()) {
      sampleWeights.add(batch.sampleWeights(), count);
    } else {
      sampleWeights.skip(count);
    }
    headers.add(BatchHeader.of(batch));
    rows += count;
  }

  /** Copies the minibatches to the device, and calls {@code step} with one after the other. */
  void run(Upload upload, InputBuffers buffers, Consumer<LoadedBatch> step) {
    features.upload(upload);
    targets.upload(upload);
    if (headers.stream().anyMatch(BatchHeader::weighted)) {
      sampleWeights.upload(upload);
    }
    int first = 0;
    for (BatchHeader header : headers) {
      step.accept(new LoadedBatch(tensors(header, first, buffers), header));
      first += header.size();
    }
  }

  // Copies on the device, because the kernels of a GPU, and so the bits of their results, may
  // depend on the address of their input.
  private InputTensors tensors(BatchHeader header, int first, InputBuffers buffers) {
    InputTensors tensors = buffers.of(header.size());
    features.copyTo(tensors.features(), first);
    targets.copyTo(tensors.targets(), first);
    if (header.weighted()) {
      sampleWeights.copyTo(tensors.sampleWeights(), first);
    }
    return tensors;
  }

  @Override
  public void close() {
    features.close();
    targets.close();
    sampleWeights.close();
  }
}
