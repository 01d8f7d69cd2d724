package io.meanfield.bench.scaling;

import java.io.PrintStream;
import java.util.List;

/** Compares predictions with measured runs, whose processes shared one machine. */
final class ChecksTable {
  private static final int SIMULATED_JOBS = 20;

  private final Costs costs;
  private final EpochModel model;

  ChecksTable(Costs costs) {
    this.costs = costs;
    this.model = new EpochModel(costs, Stragglers.NONE, SIMULATED_JOBS);
  }

  void print(PrintStream out) {
    MarkdownTable table =
        new MarkdownTable(
            out,
            "Predicted and measured",
            List.of(
                "network",
                "executors",
                "run",
                "average",
                "predicted, s",
                "measured, s",
                "error",
                "processor time predicted, s",
                "measured, s",
                "error"));
    for (MeasuredRun run : costs.runs()) {
      EpochPrediction predicted = predicted(run);
      table.row(
          run.network(),
          String.valueOf(run.executors()),
          run.isRoundAlone() ? "a round without computing" : "epoch, every " + run.syncFrequency(),
          run.averaging() == Averaging.EXECUTORS ? "executors" : "driver",
          Figures.threeDigits(predicted.seconds()),
          Figures.threeDigits(run.seconds()),
          Figures.error(predicted.seconds(), run.seconds()),
          Figures.threeDigits(predicted.driverCoreSeconds()),
          Figures.threeDigits(run.processorSeconds()),
          Figures.error(predicted.driverCoreSeconds(), run.processorSeconds()));
    }
  }

  // Driver and executors share the driver's host, so its processor time is that of all.
  private EpochPrediction predicted(MeasuredRun run) {
    int cores = costs.measurement().cores();
    Cluster cluster =
        new Cluster(
            run.executors(), 1, cores, new Cluster.OneHost(cores), Double.POSITIVE_INFINITY, 0);
    NetworkCost network = costs.network(run.network());
    if (run.isRoundAlone()) {
      return model.roundAlone(network, run.averaging(), cluster);
    }
    return model.predict(
        new EpochSettings(
            network,
            run.examples(),
            run.syncFrequency(),
            run.syncFrequency(),
            Workers.TASK_EACH,
            run.averaging()),
        cluster);
  }
}
