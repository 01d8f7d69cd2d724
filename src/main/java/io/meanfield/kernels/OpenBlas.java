package io.meanfield.kernels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas;

/** Asks OpenBLAS, the BLAS of both engines, which kernels it uses. */
public final class OpenBlas {
  // OpenBLAS' names of its kernels for x86-64.
  private static final List<String> CORES =
      List.of(
          "Prescott",
          "Core2",
          "Nehalem",
          "Barcelona",
          "Sandybridge",
          "Bulldozer",
          "Piledriver",
          "Steamroller",
          "Excavator",
          "Haswell",
          "Zen",
          "SkylakeX",
          "Cooperlake",
          "SapphireRapids");

  private OpenBlas() {}

  /** Loads OpenBLAS, unless it is loaded, and returns the name of the kernels that it uses. */
  public static String kernels() {
    NativeLibraries.configure();
    Loader.load(openblas.class);
    return loadedKernels().orElseThrow();
  }

  /**
   * Returns the BLAS that another library has loaded for the whole process, so that LibTorch and
   * ND4J call it instead of Meanfield's OpenBLAS; empty if there is none. Spark MLlib loads the one
   * of the machine, {@code libblas.so.3}, if there is one.
   */
  public static Optional<Path> foreign() {
    return NativeSymbols.library("sgemm_").filter(library -> !library.startsWith(unpacked()));
  }

  /** Returns the directory to which JavaCPP unpacks libraries. */
  private static Path unpacked() {
    try {
      return Loader.getCacheDir().toPath().toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the name of the kernels that OpenBLAS uses; empty if OpenBLAS is not loaded. */
  static Optional<String> loadedKernels() {
    // OpenBLAS keeps one table of functions for each kind of processor, and a pointer to the table
    // in use. Its function openblas_get_corename compares the same addresses; JavaCPP's presets
    // lack it.
    return NativeSymbols.address("gotoblas")
        .map(pointer -> new PointerPointer<>(pointer).get(0))
        .map(OpenBlas::name);
  }

  private static String name(Pointer used) {
    return CORES.stream()
        .filter(core -> table(core).filter(used::equals).isPresent())
        .findFirst()
        .orElse("unknown");
  }

  private static Optional<Pointer> table(String core) {
    return NativeSymbols.address("gotoblas_" + core.toUpperCase(Locale.ROOT));
  }
}
