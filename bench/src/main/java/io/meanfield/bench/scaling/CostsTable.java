package io.meanfield.bench.scaling;

import java.io.PrintStream;
import java.util.List;

/** The table of the measured costs. */
final class CostsTable {
  private final Costs costs;

  CostsTable(Costs costs) {
    this.costs = costs;
  }

  void print(PrintStream out) {
    Costs.Measurement measurement = costs.measurement();
    out.printf(
        "Costs that `%s` measured on %s, %s.%n",
        measurement.command(), measurement.date(), measurement.machine());
    printFixed(out);
    printBytes(out);
    MarkdownTable steps =
        new MarkdownTable(out, "Networks", List.of("network", "weights", "state, MB", "step, ms"));
    for (NetworkCost network : costs.networks()) {
      steps.row(
          network.name(),
          Figures.count(network.weights()),
          Figures.threeDigits(network.stateBytes() / 1e6),
          Figures.threeDigits(1e3 * network.stepSeconds()));
    }
  }

  private void printFixed(PrintStream out) {
    MarkdownTable table =
        new MarkdownTable(
            out, "Costs that do not depend on the size of the state", List.of("cost", "ms"));
    table.row("Spark job", millis(costs.fixed().job()));
    table.row("second stage", millis(costs.fixed().stage()));
    table.row("task, on the driver", millis(costs.fixed().driverTask()));
    table.row("task, on its executor", millis(costs.fixed().executorTask()));
    table.row("request for a block of a broadcast", millis(costs.fixed().request()));
  }

  private void printBytes(PrintStream out) {
    MarkdownTable table =
        new MarkdownTable(out, "Costs of a megabyte of a state", List.of("where", "cost", "ms"));
    table.row("driver", "broadcast: serialise, cut into blocks", bytes(costs.driver().broadcast()));
    table.row("driver", "send a block of a broadcast", bytes(costs.driver().serve()));
    table.row("driver", "receive and deserialise a result", bytes(costs.driver().receive()));
    table.row("both", "average, of all states", bytes(costs.average()));
    table.row("executor", "receive and deserialise a broadcast", bytes(costs.executor().read()));
    table.row("executor", "copy into the learner and back", bytes(costs.executor().learner()));
    table.row("executor", "serialise and send a result", bytes(costs.executor().result()));
    table.row("executor", "write slices", bytes(costs.executor().shuffleWrite()));
    table.row("executor", "fetch and average slices", bytes(costs.executor().shuffleRead()));
  }

  private static String bytes(double secondsPerByte) {
    return millis(1e6 * secondsPerByte);
  }

  private static String millis(double seconds) {
    return Figures.threeDigits(1e3 * seconds);
  }
}
