package io.meanfield.bench;

import io.meanfield.kernels.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * PyTorch's side of a comparison: bench/pytorch/local_sgd.py, two processes with one thread each.
 * The environment variable PYTHON names another interpreter than Debian's.
 */
final class PytorchPeer {
  static final String NAME = "PyTorch";
  private static final List<String> PROGRAM =
      List.of(
          System.getenv().getOrDefault("PYTHON", "/usr/bin/python3"), "bench/pytorch/local_sgd.py");

  private PytorchPeer() {}

  /** Starts PyTorch's trainer of a network. */
  static TimedTrainer trainer(ComparedNetwork network, Precision precision, int minibatches) {
    return new PeerProcess(
        NAME, command("serve", network.id(precision), String.valueOf(minibatches)));
  }

  /** Returns the command that runs the script with these arguments. */
  static List<String> command(String... arguments) {
    return Stream.concat(PROGRAM.stream(), Stream.of(arguments)).toList();
  }

  /** Returns the versions of PyTorch, its BLAS and Python. */
  static String versions() {
    try {
      Process check = new ProcessBuilder(command("check")).redirectErrorStream(true).start();
      String output =
          new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (check.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PyTorch was checked", e);
    }
  }
}
