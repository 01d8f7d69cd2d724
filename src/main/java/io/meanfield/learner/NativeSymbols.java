package io.meanfield.learner;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Finds variables of the native libraries of this process. */
final class NativeSymbols {
  static {
    // Loads JavaCPP's own library, with which the Loader looks up addresses.
    new PointerPointer<>(1L).close();
  }

  private NativeSymbols() {}

  /** Returns the address of a global variable; empty if no loaded library has it. */
  static Optional<Pointer> address(String name) {
    return Optional.ofNullable(Loader.addressof(name));
  }
}
