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
 * What LibTorch behind the Learner is worth: the lesson's network on real MNIST, against one DL4J
 * process, DL4J's training master, DJL with its PyTorch engine, and the reference engine.
 */
public final class EnginesBenchmark {
  private static final int WARM_UP = 10;
  private static final String YARDSTICK = "one DL4J process, one math thread";

  private EnginesBenchmark() {}

  /** Takes the number of epochs, 15 unless said. */
  public static void main(String[] args) {
    int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    try (MnistWorkload workload = new MnistWorkload()) {
      new Comparison(field(workload, 0)).run("warm-up", WARM_UP);
      Map<String, List<RunTimings>> courses = new LinkedHashMap<>();
      new Comparison(field(workload, 1))
          .run("seed 1", epochs)
          .forEach((name, course) -> courses.put(name, List.of(course)));
      System.out.printf(
          "60,000 MNIST digits, 784-64-32-10, adam 0.001, minibatches of %d a worker, %d workers on"
              + " local[%d], %d epochs after a warm-up of %d%n%s%n%n",
          MnistWorkload.BATCH,
          MnistWorkload.WORKERS,
          MnistWorkload.WORKERS,
          epochs,
          WARM_UP,
          Machine.description());
      new TrainersTable(courses, YARDSTICK).print();
    }
  }

  private static List<TimedTrainer> field(MnistWorkload workload, long seed) {
    List<TimedTrainer> field = new ArrayList<>();
    field.add(new SingleProcess(workload, seed));
    field.add(
        new Dl4jSpark(
            "DL4J's master, fastest settings, every 10",
            workload,
            seed,
            Dl4jSpark.fastest(seed).build()));
    djl().ifPresent(command -> field.add(new PeerProcess("DJL, one process, one thread", command)));
    field.add(
        new MeanfieldTrainer(
            "Meanfield, dl4j, sync every 50",
            workload,
            seed,
            Engine.DL4J,
            "train.sync-frequency=50"));
    field.add(
        new MeanfieldTrainer(
            "Meanfield, torch, sync every 50",
            workload,
            seed,
            Engine.TORCH,
            "train.sync-frequency=50"));
    field.add(
        new PeerProcess(
            GroupTrainerMain.NAME,
            PeerProcess.java(
                GroupTrainerMain.class, String.valueOf(seed), String.valueOf(WARM_UP))));
    return field;
  }

  /** DJL's peer has a class path of its own, which dev/bench lays down. */
  private static Optional<List<String>> djl() {
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
