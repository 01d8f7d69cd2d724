package io.meanfield.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The entry points of Jazzer, which mutates files by the branches of the code that they reach
 * ({@code dev/jazzer}). The system property {@code fuzz.format} names the format.
 */
public final class JazzerTarget {
  private static Trial trial; // set by fuzzerInitialize

  private JazzerTarget() {}

  /** Prepares the files of the format. Jazzer calls it once. */
  public static void fuzzerInitialize() throws Exception {
    // Jazzer instruments classes when they are loaded, in the thread whose allocations are limited.
    try (Target target = format().target(Files.createTempDirectory("jazzer"))) {
      target.read();
    }
    trial = new Trial(format(), Files.createTempDirectory("jazzer"));
  }

  /**
   * Reads a file with this content. Jazzer calls it for each case.
   *
   * @throws AssertionError if the case is a violation
   */
  public static void fuzzerTestOneInput(byte[] content) {
    if (trial.read(content) instanceof Outcome.Violation violation) {
      throw new AssertionError(violation.toString());
    }
  }

  /** Writes the valid files of the format, from which Jazzer starts, to the folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    try (Target target = format().target(Files.createTempDirectory("jazzer"))) {
      List<byte[]> seeds = target.seeds();
      for (int i = 0; i < seeds.size(); i++) {
        Files.write(folder.resolve("valid-" + i), seeds.get(i));
      }
    }
  }

  private static Format format() {
    return Format.of(System.getProperty("fuzz.format"));
  }
}
