package io.meanfield.kernels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the physical memory that a process occupies, heap included. */
public final class ResidentMemory {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final int PAGE = 4096; // bytes, on x86-64

  private ResidentMemory() {}

  /** Returns the memory of this process in bytes, as cluster managers measure it. */
  public static long here() {
    try {
      return of(Files.readString(STATM));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the bytes of a line of {@code statm}, whose second field counts resident pages. */
  static long of(String statm) {
    return Long.parseLong(statm.split(" ", 3)[1]) * PAGE;
  }
}
