package io.meanfield.engine.torch.tensor;

import java.util.List;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/** The files of LibTorch, as JavaCPP unpacks them from the jar. */
final class LibTorchFiles {
  // JavaCPP loads libtorch.so before libtorch_cpu.so, on which it depends. The system's linker then
  // searches for the latter, and another installation of LibTorch on the machine crashes the JVM.
  private static final List<String> IN_ORDER_OF_DEPENDENCE = List.of("gomp@.1", "c10", "torch_cpu");

  private LibTorchFiles() {}

  /**
   * Loads the files on which others depend, so that the linker uses them and no other installation
   * of LibTorch.
   *
   * @throws LinkageError if one of them cannot be unpacked or loaded
   */
  static void load() {
    Loader.load(openblas.class);
    ClassProperties properties = Loader.loadProperties(torch.class, Loader.loadProperties(), true);
    for (String library : IN_ORDER_OF_DEPENDENCE) {
      Loader.loadLibrary(
          torch.class, Loader.findLibrary(torch.class, properties, library, false), library);
    }
  }
}
