package io.meanfield.engine.torch.tensor;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A matrix whose rows are collected in the memory of the CPU and copied to a device together. */
@SuppressWarnings("try") // the scope variable is never used
public final class StagedRows implements AutoCloseable {
  private static final HostMemory HOST = new HostMemory();
  private final Tensor staged;
  private final int width;
  private int rows;
  private Optional<Tensor> resident = Optional.empty();

  /**
   * Creates an empty matrix.
   *
   * @param staged [capacity, width]; freed with the matrix
   */
  public StagedRows(Tensor staged) {
    this.staged = staged;
    this.width = Math.toIntExact(staged.size(1));
  }

  /** Appends the first {@code count} rows of an array. */
  public void add(float[] values, int count) {
    HOST.write(values, 0, count * width, staged, rows * width);
    rows += count;
  }

  /** Appends the first {@code count} rows of an array. */
  public void add(byte[] values, int count) {
    HOST.write(values, 0, count * width, staged, rows * width);
    rows += count;
  }

  /** Appends {@code count} rows whose numbers nobody reads. */
  public void skip(int count) {
    rows += count;
  }

  /** Copies the rows to the device. */
  public void upload(Upload upload) {
    try (Tensor filled = staged.narrow(0, 0, rows)) {
      resident = Optional.of(upload.copy(filled));
    }
  }

  /**
   * Fills a tensor on the device with uploaded rows, converted to the type of the tensor.
   *
   * @param first number of the first row
   */
  public void copyTo(Tensor target, int first) {
    try (PointerScope views = new PointerScope()) {
      target.copy_(resident.orElseThrow().narrow(0, first, target.size(0)));
    }
  }

  @Override
  public void close() {
    staged.close();
    resident.ifPresent(Tensor::close);
  }
}
