package io.meanfield.kernels;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CUDA's numbers of the GPUs that Spark assigns to the tasks of this process. */
public final class CudaNumbers {
  private static final String ORDER = "CUDA_DEVICE_ORDER";
  private static VisibleGpus visible = VisibleGpus.of(System.getenv());
  private static boolean isOrdered = System.getenv().containsKey(ORDER);

  private CudaNumbers() {}

  /**
   * Returns CUDA's number of the GPU with this address; empty if CUDA does not show the GPU to this
   * process. Callers ask before the process uses CUDA, because CUDA reads the environment once: by
   * default this method makes CUDA number the GPUs as nvidia-smi does, and show only the GPU if its
   * address is a UUID. A part of a GPU (MIG) has a UUID only, and CUDA uses one part in each
   * process.
   */
  public static synchronized Optional<Integer> of(String gpu) {
    NativeLibraries.configure();
    if (!isOrdered) {
      ProcessEnvironment.set(Map.of(ORDER, "PCI_BUS_ID"));
      isOrdered = true;
    }
    if (visible.listed().isEmpty() && !VisibleGpus.isIndex(gpu)) {
      ProcessEnvironment.set(Map.of(VisibleGpus.VARIABLE, gpu));
      visible = new VisibleGpus(Optional.of(List.of(gpu)));
    }
    return visible.number(gpu);
  }

  /** Returns the addresses that CUDA_VISIBLE_DEVICES contains, for messages. */
  public static synchronized String visible() {
    return visible.listed().map(addresses -> String.join(",", addresses)).orElse("not set");
  }
}
