package io.meanfield.bench;

import io.meanfield.network.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the speed and accuracy of the engine torch, for two tasks and for one group, with one
 * DL4J process, DL4J's training master, DJL with its PyTorch engine, and the engine dl4j. All train
 * the lesson's network on MNIST.
 */
public final class EnginesBenchmark {
  private static final int WARM_UP = 10;

  private EnginesBenchmark() {}

  /** Takes the number of epochs (default 15). */
  public static void main(String[] args) {
    int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    try (MnistWorkload workload = new MnistWorkload()) {
      new Comparison(trainers(workload, 0)).run("warm-up", WARM_UP);
      Map<String, List<RunTimings>> timings = new LinkedHashMap<>();
      new Comparison(trainers(workload, 1))
          .run("seed 1", epochs)
          .forEach((name, run) -> timings.put(name, List.of(run)));
      System.out.printf(
          "60,000 MNIST digits, 784-64-32-10, adam 0.001, minibatches of %d a worker, %d workers on"
              + " local[%d], %d epochs after a warm-up of %d%n%s%n%n",
          MnistWorkload.BATCH,
          MnistWorkload.WORKERS,
          MnistWorkload.WORKERS,
          epochs,
          WARM_UP,
          Machine.description());
      new TrainersTable(timings, SingleProcess.NAME).print();
    }
  }

  private static List<TimedTrainer> trainers(MnistWorkload workload, long seed) {
    List<TimedTrainer> trainers = new ArrayList<>();
    trainers.add(new SingleProcess(workload, seed));
    trainers.add(
        new Dl4jSpark(Dl4jSpark.FASTEST_NAME, workload, seed, Dl4jSpark.fastest(seed).build()));
    djlCommand()
        .ifPresent(
            command -> trainers.add(new PeerProcess("DJL, one process, one thread", command)));
    trainers.add(
        new MeanfieldTrainer(
            "Meanfield, dl4j, sync every 50",
            workload,
            seed,
            Engine.DL4J,
            "train.sync-frequency=50"));
    trainers.add(
        new MeanfieldTrainer(
            "Meanfield, torch, sync every 50",
            workload,
            seed,
            Engine.TORCH,
            "train.sync-frequency=50"));
    trainers.add(
        new PeerProcess(
            GroupTrainerMain.NAME,
            PeerProcess.java(
                GroupTrainerMain.class, String.valueOf(seed), String.valueOf(WARM_UP))));
    return trainers;
  }

  /**
   * Returns the command of DJL's process, whose class path dev/bench writes to a file; empty if
   * that file is missing.
   */
  private static Optional<List<String>> djlCommand() {
    Path classPath = Path.of("bench/djl/target/classpath");
    if (!Files.exists(classPath)) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            read(classPath),
            "io.meanfield.bench.djl.DjlPeer",
            String.valueOf(WARM_UP)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
