package io.meanfield.bench;

import io.meanfield.bench.scaling.Costs;
import io.meanfield.bench.scaling.CostsFile;
import io.meanfield.bench.scaling.NetworkCost;
import io.meanfield.engine.torch.StepCost;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the costs that the model of docs/background/scaling.md needs, and the runs with which
 * its predictions are compared, and writes them to a file: {@code dev/bench costs}.
 */
public final class CostsBenchmark {
  private static final int EXECUTORS = 2;
  private static final int MORE_EXECUTORS = 4;

  private final Path file;
  private final int turns;
  private final List<NetworkCost> networks = new ArrayList<>();
  private double learner;

  private CostsBenchmark(Path file, int turns) {
    this.file = file;
    this.turns = turns;
  }

  /** Takes the file (default bench/costs.json) and the number of turns (5). */
  public static void main(String[] args) {
    Path file = Path.of(args.length > 0 ? args[0] : "bench/costs.json");
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    new CostsBenchmark(file, turns).measure();
    System.out.println(
        "wrote " + file + "; dev/bench scaling --costs " + file + " prints the tables");
  }

  /** Measures, and writes the file after each part, so that an interruption loses only a part. */
  private void measure() {
    for (DenseNetwork network : DenseNetwork.values()) {
      measureSteps(network);
    }
    MeasuredRuns runs = new MeasuredRuns(turns);
    Costs costs;
    try (MnistWorkload two = LocalCluster.of(EXECUTORS)) {
      costs = sparkCosts(two);
      runs.addRounds(two, EXECUTORS);
    }
    write(costs, runs);
    try (MnistWorkload four = LocalCluster.of(MORE_EXECUTORS)) {
      runs.addRounds(four, MORE_EXECUTORS);
    }
    write(costs, runs);
    for (int executors : List.of(1, EXECUTORS)) {
      try (MnistWorkload workload = LocalCluster.of(executors)) {
        runs.addEpochs(workload, executors);
      }
      write(costs, runs);
    }
  }

  private void measureSteps(DenseNetwork network) {
    StepCost cost = new StepCost(network.settings(), turns);
    long bytes = cost.stateBytes();
    NetworkCost measured =
        new NetworkCost(
            network.id(), network.weights(), bytes, cost.batchSize(), cost.stepSeconds());
    System.err.println(measured);
    networks.add(measured);
    if (network == DenseNetwork.WIDE) {
      learner = cost.copySeconds() / bytes;
    }
  }

  private Costs sparkCosts(MnistWorkload workload) {
    SparkCosts spark = new SparkCosts(workload.spark(), EXECUTORS, turns);
    Costs.Fixed fixed = spark.fixed();
    System.err.println(fixed);
    double average = spark.average();
    SparkCosts.Bytes bytes = spark.bytes(average);
    System.err.println(bytes);
    return new Costs(
        new Costs.Measurement(
            LocalDate.now(ZoneOffset.UTC).toString(),
            Machine.description(),
            Runtime.getRuntime().availableProcessors(),
            "dev/bench costs " + file + " " + turns),
        fixed,
        bytes.driver(),
        bytes.executor(learner),
        average,
        networks,
        List.of());
  }

  private void write(Costs costs, MeasuredRuns runs) {
    CostsFile.write(
        new Costs(
            costs.measurement(),
            costs.fixed(),
            costs.driver(),
            costs.executor(),
            costs.average(),
            costs.networks(),
            runs.runs()),
        file);
  }
}
