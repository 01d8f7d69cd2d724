package io.meanfield.engine.torch;

import io.meanfield.learner.Device;
import io.meanfield.learner.NativeLibraries;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The native library LibTorch: loads it, sets its threads, and copies numbers to and from its
 * tensors.
 */
final class LibTorch {
  static {
    NativeLibraries.configure();
  }

  private LibTorch() {}

  private static final class Loaded {
    static final Optional<String> UNSUPPORTED_REASON = load();

    private static Optional<String> load() {
      try {
        torch.get_num_threads();
        return Optional.empty();
      } catch (LinkageError e) {
        return Optional.of("LibTorch does not load here (" + e.getMessage() + ")");
      }
    }
  }

  /** Returns why the library cannot be used; empty if it can. */
  static Optional<String> unsupportedReason() {
    return Loaded.UNSUPPORTED_REASON;
  }

  /**
   * Returns the device to use: the wanted GPU if the build contains LibTorch for GPUs and the
   * machine has a driver, else the CPU.
   */
  static Device available(Device wanted) {
    return wanted.gpu().isPresent() && torch.cuda_is_available() ? wanted : Device.CPU;
  }

  /** Returns LibTorch's name of a device. */
  static org.bytedeco.pytorch.Device torchDevice(Device device) {
    return new org.bytedeco.pytorch.Device(
        device.gpu().map(address -> "cuda:" + address).orElse("cpu"));
  }

  /**
   * Limits LibTorch to the calling thread, because a parallel sum would change bits. Call it before
   * every use: the limit is per thread, and ND4J changes it.
   */
  static void useSingleThread() {
    if (torch.get_num_threads() != 1) {
      torch.set_num_threads(1);
      openblas.blas_set_num_threads(1);
    }
  }

  /** Returns a tensor of zeros, which lives until it is closed or garbage-collected. */
  static Tensor zeros(org.bytedeco.pytorch.Device device, long... shape) {
    return torch.zeros(shape, new TensorOptions(device));
  }

  /**
   * Returns a tensor of unsigned zero bytes, which lives until it is closed or garbage-collected.
   */
  static Tensor bytes(org.bytedeco.pytorch.Device device, long... shape) {
    return torch.zeros(
        shape, new TensorOptions(device).dtype(new ScalarTypeOptional(torch.ScalarType.Byte)));
  }

  /** Fills {@code target} with the first numbers of {@code values}. */
  static void write(float[] values, Tensor target) {
    int count = Math.toIntExact(target.numel());
    if (count > values.length) {
      throw new IllegalArgumentException("expected " + count + " numbers, found " + values.length);
    }
    if (target.is_cuda()) {
      target.copy_(Tensor.create(values, values.length).narrow(0, 0, count).view_as(target));
    } else {
      numbers(target).put(values, 0, count);
    }
  }

  /** Writes {@code count} values from {@code from} on to a vector, from {@code to} on. */
  static void write(float[] values, int from, int count, Tensor vector, int to) {
    if (vector.is_cuda()) {
      vector
          .narrow(0, to, count)
          .copy_(Tensor.create(values, values.length).narrow(0, from, count));
    } else {
      numbers(vector).position(to).put(values, from, count);
    }
  }

  /** Fills {@code target} with the first bytes of {@code values}. */
  static void write(byte[] values, Tensor target) {
    int count = Math.toIntExact(target.numel());
    if (target.is_cuda()) {
      target.copy_(Tensor.create(values, false, values.length).narrow(0, 0, count).view_as(target));
    } else {
      new BytePointer(target.data_ptr()).put(values, 0, count);
    }
  }

  /** Reads all numbers of {@code source} to the front of {@code target}. */
  static void read(Tensor source, float[] target) {
    Tensor near = source.is_cuda() ? source.cpu() : source.contiguous();
    numbers(near).get(target, 0, Math.toIntExact(near.numel()));
  }

  /**
   * Reads {@code count} numbers of a vector from {@code from} on to the target, from {@code to} on.
   */
  static void read(Tensor vector, int from, float[] target, int to, int count) {
    if (vector.is_cuda()) {
      numbers(vector.narrow(0, from, count).cpu()).get(target, to, count);
    } else {
      numbers(vector).position(from).get(target, to, count);
    }
  }

  private static FloatPointer numbers(Tensor tensor) {
    return new FloatPointer(tensor.data_ptr());
  }
}
