package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.Staging;
import io.meanfield.engine.torch.tensor.Upload;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.Minibatches;
import io.meanfield.network.NetworkSettings;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Copies the minibatches to a device together, before their steps; in several chunks if they exceed
 * the room for them. The chunks do not change the numbers of a step.
 *
 * @param room the bytes that a chunk may have on the device now
 */
record ResidentLoader(
    NetworkSettings network,
    InputBuffers buffers,
    Staging staging,
    Upload upload,
    LongSupplier room)
    implements BatchLoader {
  @Override
  public void load(Minibatches batches, Consumer<LoadedBatch> step) {
    try (Loading loading = new Loading(batches.readAhead(), step)) {
      batches.stream().forEachOrdered(loading::add);
      loading.finish();
    }
  }

  /** One sequence of minibatches on its way to the device. */
  private final class Loading implements AutoCloseable {
    private final Consumer<LoadedBatch> step;
    private long readAhead;
    private Optional<ResidentChunk> open = Optional.empty();

    Loading(long readAhead, Consumer<LoadedBatch> step) {
      this.readAhead = readAhead;
      this.step = step;
    }

    void add(Minibatch batch) {
      if (!open.map(chunk -> chunk.fits(batch)).orElse(false)) {
        finish();
        ExampleFormat format =
            new ExampleFormat(network.inputs(), batch.holdsImages(), network.outputs());
        open = Optional.of(new ResidentChunk(capacity(batch.size(), format), format, staging));
      }
      open.orElseThrow().add(batch);
      readAhead -= batch.size();
    }

    // At least one minibatch, whatever the room: it is as large as the tensors of a step.
    private int capacity(int batchSize, ExampleFormat format) {
      return readAhead <= batchSize
          ? batchSize
          : (int) Math.max(batchSize, Math.min(readAhead, room.getAsLong() / format.bytes()));
    }

    /** Makes the steps of the open chunk. */
    void finish() {
      open.ifPresent(chunk -> chunk.run(upload, buffers, step));
      close();
    }

    @Override
    public void close() {
      open.ifPresent(ResidentChunk::close);
      open = Optional.empty();
    }
  }
}
