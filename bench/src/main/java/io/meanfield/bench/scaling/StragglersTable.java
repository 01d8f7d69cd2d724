package io.meanfield.bench.scaling;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The effect of workers that take unequally long. */
final class StragglersTable {
  private static final List<Double> SIGMAS = List.of(0.0, 0.1, 0.3);
  private static final List<Integer> EXECUTORS = List.of(16, 128, 1024);
  private static final int SYNC_FREQUENCY = 50;
  private static final int SIMULATED_JOBS = 5;

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
    List<String> columns = new ArrayList<>(List.of("network", "executors"));
    SIGMAS.forEach(sigma -> columns.add("sigma " + sigma));
    MarkdownTable table =
        new MarkdownTable(
            out,
            "Workers that take unequally long: epoch, every " + SYNC_FREQUENCY + ", s",
            columns);
    for (NetworkCost network : costs.networks()) {
      for (int executors : EXECUTORS) {
        List<String> cells = new ArrayList<>(List.of(network.name(), Figures.count(executors)));
        SIGMAS.forEach(sigma -> cells.add(seconds(network, executors, sigma)));
        table.row(cells);
      }
    }
  }

  private String seconds(NetworkCost network, int executors, double sigma) {
    EpochSettings epoch =
        new EpochSettings(
            network,
            examples,
            SYNC_FREQUENCY,
            SYNC_FREQUENCY,
            Workers.TASK_EACH,
            Averaging.AUTOMATIC);
    EpochModel model = new EpochModel(costs, new Stragglers(sigma, seed), SIMULATED_JOBS);
    return Figures.threeDigits(model.predict(epoch, cluster.withExecutors(executors)).seconds());
  }
}
