package io.meanfield.kernels;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Configures JavaCPP, which loads the native libraries of both engines, and selects the kernels of
 * the libraries. Callers do so before they load the first class of JavaCPP.
 */
public final class NativeLibraries {
  private static final boolean HAS_GPU_DRIVER =
      Files.exists(Path.of("/proc/driver/nvidia/version"));
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  // A function of ATen, the tensor library of LibTorch.
  private static final String SYMBOL_OF_LIBTORCH = "_ZN2at3cpu8init_amxEv";
  private static Kernels pinned = Kernels.NATIVE;

  private NativeLibraries() {}

  /** Sets JavaCPP's system properties, except those that the user has set. */
  public static void configure() {
    // Native libraries for GPUs terminate the process if there is no driver.
    setUnlessSet("org.bytedeco.javacpp.platform.extension", hasGpuDriver() ? "-gpu" : "-cpu");
    // By default JavaCPP asks the kernel for the size of the process at every allocation, which
    // takes up to a tenth of the time of a step on LibTorch. Tasks compare it with the limit of
    // their executor once a round instead.
    setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
  }

  /** Returns whether this machine has a driver of NVIDIA. */
  public static boolean hasGpuDriver() {
    return HAS_GPU_DRIVER;
  }

  /**
   * Selects the kernels of the libraries that this process will load; {@link Kernels#NATIVE} leaves
   * the choice to the libraries. Changes nothing if OpenBLAS or LibTorch is loaded with other
   * kernels, because a library that is loaded keeps its kernels.
   *
   * @throws UserException if the processor lacks the level
   */
  public static synchronized void pin(Kernels kernels) {
    requireLevel(Processor.here(), kernels);
    configure();
    if (kernels != pinned && isSelectable(kernels)) {
      ProcessEnvironment.set(kernels.environment());
      pinned = kernels;
    }
  }

  /**
   * Returns whether {@link #pin} selects these kernels, or they are selected already; false if a
   * program has loaded OpenBLAS or LibTorch with others, or another BLAS.
   */
  public static synchronized boolean canPin(Kernels kernels) {
    configure();
    return kernels == Kernels.NATIVE
        || (OpenBlas.foreign().isEmpty() && (kernels == pinned || isSelectable(kernels)));
  }

  /**
   * Returns the level that {@link #pin} has selected in this process; empty if it has selected
   * none, or if a program has loaded another BLAS.
   */
  public static synchronized Optional<Kernels> pinned() {
    return Optional.of(pinned).filter(level -> level != Kernels.NATIVE && canPin(level));
  }

  private static boolean isSelectable(Kernels kernels) {
    return kernels.openBlas().isPresent()
        && isSame(OpenBlas.loadedKernels(), kernels.openBlas())
        && isSame(loadedOneDnn(), kernels.oneDnn());
  }

  private static boolean isSame(Optional<String> loaded, Optional<String> wanted) {
    return loaded.isEmpty() || loaded.equals(wanted);
  }

  /**
   * Returns oneDNN's name of the highest kernels that it may use. oneDNN, a part of LibTorch, reads
   * that from the environment once, and cannot be asked.
   *
   * @return empty if LibTorch is not loaded, or if nothing was selected when it was loaded
   */
  public static synchronized Optional<String> loadedOneDnn() {
    return NativeSymbols.address(SYMBOL_OF_LIBTORCH).isPresent()
        ? pinned.oneDnn().or(() -> Optional.ofNullable(System.getenv(Kernels.ONEDNN)))
        : Optional.empty();
  }

  static void requireLevel(Processor processor, Kernels kernels) {
    if (!processor.runs(kernels)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "the run has run.kernels = %s, which the processor of %s (%s) lacks; start a new run with"
              + " run.kernels = %s, or use machines with %s",
          kernels.id(),
          hostName(),
          processor.name(),
          processor.highest().id(),
          kernels.id());
    }
  }

  /**
   * Checks that this machine computes products of this precision with these kernels.
   *
   * @throws UserException if it does not
   */
  public static void requirePrecision(Precision precision, Kernels kernels) {
    requirePrecision(Processor.here(), precision, kernels);
  }

  static void requirePrecision(Processor processor, Precision precision, Kernels kernels) {
    if (precision == Precision.BFLOAT16 && !processor.hasBFloat16()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "train.precision = bfloat16 needs processors with AVX512-BF16, which that of %s (%s)"
              + " lacks; set train.precision = float32, or use other machines",
          hostName(),
          processor.name());
    }
    if (precision == Precision.BFLOAT16 && kernels == Kernels.X86_64_V3) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "train.precision = bfloat16 needs the kernels x86-64-v4, x86-64-v4-amx or native, found"
              + " run.kernels = x86-64-v3; correct one of the two settings");
    }
  }

  /** Returns the name of this machine, for messages. */
  public static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "this machine";
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
