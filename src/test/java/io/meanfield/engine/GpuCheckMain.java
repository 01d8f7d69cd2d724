package io.meanfield.engine;

import io.meanfield.error.UserException;
import io.meanfield.learner.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The program of dev/gpu-check. */
public final class GpuCheckMain {
  private static final int STEPS = 50;
  private static final int BATCH = 256;

  private GpuCheckMain() {}

  /**
   * Compares the GPU whose address is the first argument with the CPU, prints a line for each
   * network, and exits with 1 if they differ or if the GPU cannot be used.
   */
  public static void main(String[] args) throws IOException {
    try {
      System.exit(isEqual(new Device(args[0])) ? 0 : 1);
    } catch (UserException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(1);
    }
  }

  private static boolean isEqual(Device gpu) throws IOException {
    boolean equal = true;
    for (var named : GpuCheck.NETWORKS.entrySet()) {
      GpuCheck.Comparison found =
          new GpuCheck(named.getValue(), STEPS, BATCH).compare(Device.CPU, gpu);
      System.out.println(line(named.getKey(), found));
      found
          .problem()
          .ifPresent(text -> System.err.println("error: " + named.getKey() + ": " + text));
      equal &= found.problem().isEmpty();
    }
    System.out.println("memory of this process on the GPU: " + memory().orElse("unknown"));
    return equal;
  }

  static String line(String network, GpuCheck.Comparison found) {
    return String.format(
        Locale.ROOT,
        "%-8s largest difference: weights %.1e, outputs %.1e, loss %.1e; examples a second: CPU"
            + " %.0f (one thread), GPU %.0f",
        network,
        found.weights(),
        found.outputs(),
        found.loss(),
        found.reference(),
        found.checked());
  }

  /** Returns what nvidia-smi reports; empty if it does not see this process, as in a container. */
  private static Optional<String> memory() throws IOException {
    String own = ProcessHandle.current().pid() + ", ";
    Process process =
        new ProcessBuilder(
                "nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader")
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(own))
        .map(line -> line.substring(own.length()))
        .findFirst();
  }
}
