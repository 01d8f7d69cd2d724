package io.meanfield.engine.dl4j;

import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Reads each model file of a folder and prints a line with its name and the message of the error,
 * or "read"; then prints the largest resident memory of the process so far in MiB, and the SHA-256
 * of the file of {@link HostileModels#model}.
 */
public final class HostileModelsMain {
  private HostileModelsMain() {}

  public static void main(String[] args) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      List<Path> sorted = files.sorted().toList();
      for (Path file : sorted) {
        System.out.println(file.getFileName() + ": " + outcome(file));
      }
    }
    System.out.println("peak: " + ResidentMemory.peakKib() / 1024);
    System.out.println("sha256: " + DigestUtils.sha256Hex(HostileModels.validFile()));
  }

  private static String outcome(Path file) throws IOException {
    try {
      ModelFile.read(() -> Files.newInputStream(file), "the file");
      return "read";
    } catch (UserException e) {
      return e.getMessage();
    }
  }
}
