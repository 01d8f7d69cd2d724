package io.meanfield.bench.scaling;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The effect of workers that take unequally long. */
final class StragglersTable {
  private static final List<Double> SIGMAS = List.of(0.0, 0.05, 0.1, 0.3);
  private static final List<Integer> EXECUTORS = List.of(4, 16, 64, 256, 1024);
  private static final int SYNC_FREQUENCY = 10;
  private static final int SIMULATED_JOBS = 10;

  private final Costs costs;
  private final Cluster cluster;
  private final long examples;
  private final long seed;

  StragglersTable(Costs costs, Cluster cluster, long examples, long seed) {
    this.costs = costs;
    this.cluster = cluster;
    this.examples = examples;
    this.seed = seed;
  }

  void print(PrintStream out) {
    List<String> columns = new ArrayList<>(List.of("executors"));
    SIGMAS.forEach(sigma -> columns.add("sigma " + sigma));
    NetworkCost network = costs.networks().get(0);
    MarkdownTable table =
        new MarkdownTable(
            out, "Epoch of " + network.name() + ", every " + SYNC_FREQUENCY + ", s", columns);
    for (int executors : EXECUTORS) {
      List<String> cells = new ArrayList<>(List.of(Figures.count(executors)));
      for (double sigma : SIGMAS) {
        EpochSettings epoch =
            new EpochSettings(
                network,
                examples,
                SYNC_FREQUENCY,
                SYNC_FREQUENCY,
                Workers.TASK_EACH,
                Averaging.AUTOMATIC);
        EpochModel model = new EpochModel(costs, new Stragglers(sigma, seed), SIMULATED_JOBS);
        cells.add(
            Figures.threeDigits(model.predict(epoch, cluster.withExecutors(executors)).seconds()));
      }
      table.row(cells);
    }
  }
}
