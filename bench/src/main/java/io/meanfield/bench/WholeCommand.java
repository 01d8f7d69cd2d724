package io.meanfield.bench;

import io.meanfield.kernels.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Times {@code scripts/submit train} and PyTorch's script from start to end: reading the digits,
 * training 784-64-32-10, and writing the model. Both are without validation.
 */
final class WholeCommand {
  static final int EPOCHS = 30;
  static final int MINIBATCHES = 50;
  private final Path folder;
  private int turns;

  /** Creates the commands, which write to a new folder inside {@code parent}. */
  WholeCommand(Path parent) {
    try {
      Files.createDirectories(parent);
      this.folder = Files.createTempDirectory(parent, "pytorch").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs both commands in turns, each time the other one first. */
  PairedTimes run(int count) {
    List<Double> ours = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    for (int turn = 1; turn <= count; turn++) {
      turns = turn;
      if (turn % 2 == 1) {
        ours.add(seconds(meanfield()));
        peers.add(seconds(pytorch()));
      } else {
        peers.add(seconds(pytorch()));
        ours.add(seconds(meanfield()));
      }
      System.err.printf(
          "whole command, turn %d of %d, seconds: %.2f %.2f%n",
          turn, count, ours.get(turn - 1), peers.get(turn - 1));
    }
    return new PairedTimes(ours, peers);
  }

  private List<String> meanfield() {
    List<String> command =
        new ArrayList<>(
            List.of("scripts/submit", "--master", "local[" + MnistWorkload.WORKERS + "]", "train"));
    command.addAll(List.of("--conf", "jobs/mnist-train.conf", "--run-id", "turn-" + turns));
    for (String setting :
        List.of(
            "run.directory=\"" + folder.resolve("runs") + "\"",
            "data.validation-fraction=0",
            "train.epochs=" + EPOCHS,
            "train.workers=" + MnistWorkload.WORKERS,
            "train.batch-size=" + MnistWorkload.BATCH,
            "train.sync-frequency=" + MINIBATCHES)) {
      command.addAll(List.of("--set", setting));
    }
    return command;
  }

  private List<String> pytorch() {
    return PytorchPeer.command(
        "train",
        ComparedNetwork.DENSE.id(Precision.FLOAT32),
        String.valueOf(MINIBATCHES),
        String.valueOf(EPOCHS),
        folder.resolve("model-" + turns + ".pt").toString());
  }

  private double seconds(List<String> command) {
    Path log = folder.resolve("log");
    long beganNanos = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int exitCode = process.waitFor();
      double seconds = (System.nanoTime() - beganNanos) / 1e9;
      if (exitCode != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + " ended with " + exitCode + ":\n" + Files.readString(log));
      }
      return seconds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a command ran", e);
    }
  }
}
