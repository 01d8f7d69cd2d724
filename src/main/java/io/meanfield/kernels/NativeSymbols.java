package io.meanfield.kernels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Finds functions and variables of the native libraries of this process. */
final class NativeSymbols {
  private static final Path MEMORY_MAP = Path.of("/proc/self/maps");

  static {
    // Loads JavaCPP's own library, with which the Loader looks up addresses.
    new PointerPointer<>(1L).close();
  }

  private NativeSymbols() {}

  /** Returns the address of a function or variable; empty if no loaded library has it. */
  static Optional<Pointer> address(String name) {
    return Optional.ofNullable(Loader.addressof(name));
  }

  /** Returns the library that has the code of a function; empty if no loaded library has it. */
  static Optional<Path> library(String function) {
    return address(function).flatMap(pointer -> file(memoryMap(), pointer.address())).map(Path::of);
  }

  private static List<String> memoryMap() {
    try {
      return Files.readAllLines(MEMORY_MAP);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Finds the file that is mapped at an address.
   *
   * @param map lines of {@code /proc/PID/maps} (proc_pid_maps(5)): first and last address, flags,
   *     offset, device, inode, and the file if there is one
   */
  static Optional<String> file(List<String> map, long address) {
    for (String line : map) {
      String[] fields = line.split("\\s+", 6);
      String[] range = fields[0].split("-", 2);
      if (Long.compareUnsigned(address, Long.parseUnsignedLong(range[0], 16)) >= 0
          && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0) {
        return Optional.of(fields[fields.length - 1]).filter(file -> file.startsWith("/"));
      }
    }
    return Optional.empty();
  }
}
