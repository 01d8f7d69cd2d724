package io.meanfield.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The C library that a process uses. The native libraries of both engines need glibc. */
enum CLibrary {
  GLIBC,
  MUSL,
  UNKNOWN;

  /** Returns the C library of this process; UNKNOWN if the system is not Linux. */
  static CLibrary ofThisProcess() {
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      return in(mappings);
    } catch (IOException notLinux) {
      return UNKNOWN;
    }
  }

  /**
   * Finds the loader among the files that a process has mapped. The files on the disk do not tell,
   * because a machine may have both C libraries.
   *
   * @param mappings lines of /proc/PID/maps
   */
  static CLibrary in(Stream<String> mappings) {
    List<String> lines = mappings.toList();
    if (lines.stream().anyMatch(line -> line.contains("/ld-musl-"))) {
      return MUSL;
    }
    return lines.stream().anyMatch(line -> line.contains("/ld-linux-")) ? GLIBC : UNKNOWN;
  }
}
