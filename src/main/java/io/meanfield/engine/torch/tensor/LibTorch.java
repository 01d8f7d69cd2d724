package io.meanfield.engine.torch.tensor;

import io.meanfield.kernels.CudaNumbers;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.learner.Device;
import java.lang.ref.Reference;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads the native library LibTorch, limits its threads, and copies numbers to and from its
 * tensors.
 */
@SuppressWarnings("try") // the scope variable is never used
public final class LibTorch {
  static {
    NativeLibraries.configure();
  }

  private LibTorch() {}

  /** The result of the first attempt to load the library. */
  private static final class Loaded {
    static final Optional<String> UNSUPPORTED_REASON = load();

    private static Optional<String> load() {
      try {
        LibTorchFiles.load();
        torch.get_num_threads();
        return Optional.empty();
      } catch (LinkageError e) {
        return Optional.of("LibTorch does not load here (" + e.getMessage() + ")");
      }
    }
  }

  /** Returns the reason why the library does not load; empty if it loads. */
  public static Optional<String> unsupportedReason() {
    return Loaded.UNSUPPORTED_REASON;
  }

  /** Returns ATen's name of the kernels that it uses, such as AVX2. */
  public static String kernels() {
    return torch.get_cpu_capability().getString();
  }

  /**
   * Returns the reason why LibTorch cannot compute on a GPU; empty if it can. Without a driver it
   * does not load LibTorch's libraries for GPUs.
   */
  public static Optional<String> unusableReason(Device gpu) {
    if (!NativeLibraries.hasGpuDriver()) {
      return Optional.of("the machine has no driver of NVIDIA");
    }
    Optional<Integer> number = CudaNumbers.of(gpu.address());
    if (number.isEmpty()) {
      return Optional.of(
          "CUDA does not show it to the process: CUDA_VISIBLE_DEVICES is " + CudaNumbers.visible());
    }
    if (!torch.cuda_is_available()) {
      return Optional.of(
          "LibTorch finds no GPU: the build must contain its libraries for GPUs"
              + " (mvn -P cuda -DskipTests package), and the driver must suit them");
    }
    int found = torch.cuda_device_count();
    return number.get() < found
        ? Optional.empty()
        : Optional.of("LibTorch finds only " + found + " GPUs");
  }

  /** Converts a device to LibTorch's type. */
  public static org.bytedeco.pytorch.Device torchDevice(Device device) {
    return new org.bytedeco.pytorch.Device(
        device
            .gpu()
            .flatMap(address -> CudaNumbers.of(device.address()))
            .map(number -> "cuda:" + number)
            .orElse("cpu"));
  }

  /**
   * Limits LibTorch to the calling thread, because a parallel sum would change bits. Call it before
   * every computation: each thread has its own limit, and ND4J changes it.
   */
  public static void useSingleThread() {
    if (torch.get_num_threads() != 1) {
      torch.set_num_threads(1);
      openblas.blas_set_num_threads(1);
    }
  }

  /**
   * Returns a tensor of 32-bit zeros. Inside a {@code PointerScope} it lives until the end of the
   * scope unless it is retained; outside, until it is closed or garbage-collected.
   */
  public static Tensor zeros(org.bytedeco.pytorch.Device device, long... shape) {
    return torch.zeros(shape, new TensorOptions(device));
  }

  /** Returns a tensor of unsigned bytes, all zero, which lives as long as one of {@link #zeros}. */
  public static Tensor bytes(org.bytedeco.pytorch.Device device, long... shape) {
    return torch.zeros(
        shape, new TensorOptions(device).dtype(new ScalarTypeOptional(torch.ScalarType.Byte)));
  }

  /**
   * Fills {@code target} with the first numbers of {@code values}.
   *
   * @throws IllegalArgumentException if {@code values} has fewer numbers than {@code target}
   */
  public static void write(float[] values, Tensor target) {
    int count = Math.toIntExact(target.numel());
    if (count > values.length) {
      throw new IllegalArgumentException(
          "expected at least %s numbers for the tensor, found %s".formatted(count, values.length));
    }
    write(values, 0, count, target, 0);
  }

  /**
   * Copies {@code count} numbers from the array to the vector.
   *
   * @param from index of the first number in {@code values}
   * @param to index of the first number in {@code vector}
   */
  public static void write(float[] values, int from, int count, Tensor vector, int to) {
    write(
        vector,
        to,
        count,
        torch.ScalarType.Float,
        (memory, at) -> new FloatPointer(memory.data_ptr()).position(at).put(values, from, count));
  }

  /** Fills {@code target} with the first bytes of {@code values}. */
  public static void write(byte[] values, Tensor target) {
    int count = Math.toIntExact(target.numel());
    write(
        target,
        0,
        count,
        torch.ScalarType.Byte,
        (memory, at) -> new BytePointer(memory.data_ptr()).position(at).put(values, 0, count));
  }

  /** Puts numbers into memory of the CPU, from where a GPU copies them. */
  private static void write(
      Tensor vector, int to, int count, torch.ScalarType type, ObjIntConsumer<Tensor> put) {
    if (vector.is_cuda()) {
      try (PointerScope copying = new PointerScope()) {
        Tensor staged =
            torch.zeros(
                new long[] {count}, new TensorOptions().dtype(new ScalarTypeOptional(type)));
        put.accept(staged, 0);
        vector.view(-1).narrow(0, to, count).copy_(staged);
      }
    } else {
      try {
        put.accept(vector, to);
      } finally {
        Reference.reachabilityFence(vector); // a pointer to its memory does not keep it
      }
    }
  }

  /** Copies all numbers of {@code source} to the front of {@code target}. */
  public static void read(Tensor source, float[] target) {
    Tensor vector = source.contiguous();
    read(vector, 0, target, 0, Math.toIntExact(vector.numel()));
  }

  /**
   * Copies {@code count} numbers from the vector to the array.
   *
   * @param from index of the first number in {@code vector}
   * @param to index of the first number in {@code target}
   */
  public static void read(Tensor vector, int from, float[] target, int to, int count) {
    if (vector.is_cuda()) {
      try (PointerScope copying = new PointerScope()) {
        read(vector.view(-1).narrow(0, from, count).cpu(), 0, target, to, count);
      }
    } else {
      try {
        new FloatPointer(vector.data_ptr()).position(from).get(target, to, count);
      } finally {
        Reference.reachabilityFence(vector); // a pointer to its memory does not keep it
      }
    }
  }
}
