package io.meanfield.bench.scaling;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The predictions for one cluster: epochs, bottlenecks and placements. */
final class ScalingTables {
  private static final int LARGEST_POWER = 10;
  private static final List<Double> SHARES = List.of(0.2, 0.5);
  private static final int AVERAGING_FREQUENCY = 10;

  private final List<NetworkCost> networks;
  private final EpochModel model;
  private final Cluster cluster;
  private final long examples;
  private final List<Integer> syncFrequencies;
  // Several tables show the same epoch.
  private final Map<Cell, EpochPrediction> predictions = new HashMap<>();

  private record Cell(EpochSettings epoch, int executors) {}

  ScalingTables(
      List<NetworkCost> networks,
      EpochModel model,
      Cluster cluster,
      long examples,
      List<Integer> syncFrequencies) {
    this.networks = networks;
    this.model = model;
    this.cluster = cluster;
    this.examples = examples;
    this.syncFrequencies = syncFrequencies;
  }

  /** Prints the time of an epoch by executors and frequency, a table for each network. */
  void print(PrintStream out) {
    for (NetworkCost network : networks) {
      List<String> columns = new ArrayList<>(List.of("executors"));
      syncFrequencies.forEach(
          sync -> columns.addAll(List.of("every " + sync + ", s", "speed-up", "synchronising")));
      MarkdownTable table = new MarkdownTable(out, "Epoch of " + network.name(), columns);
      List<Double> one =
          syncFrequencies.stream()
              .map(sync -> predict(network, sync, Averaging.AUTOMATIC, 1).seconds())
              .toList();
      executors()
          .forEach(
              executors -> {
                List<String> cells = new ArrayList<>(List.of(Figures.count(executors)));
                for (int i = 0; i < one.size(); i++) {
                  EpochPrediction epoch =
                      predict(network, syncFrequencies.get(i), Averaging.AUTOMATIC, executors);
                  cells.add(Figures.threeDigits(epoch.seconds()));
                  cells.add(Figures.threeDigits(one.get(i) / epoch.seconds()));
                  cells.add(Figures.percent(epoch.synchronisingShare()));
                }
                table.row(cells);
              });
    }
  }

  /** Prints the number of executors at which synchronising exceeds a fifth and half of an epoch. */
  void printBottlenecks(PrintStream out) {
    List<String> columns =
        Stream.concat(
                Stream.of("network", "every"),
                Stream.of("driver", "executors", "as Meanfield chooses")
                    .flatMap(where -> Stream.of(where + ", over 20 %", where + ", over 50 %")))
            .toList();
    MarkdownTable table =
        new MarkdownTable(
            out, "Executors at which synchronising takes over a fifth and over half", columns);
    for (NetworkCost network : networks) {
      for (int sync : syncFrequencies) {
        List<String> cells = new ArrayList<>(List.of(network.name(), String.valueOf(sync)));
        for (Averaging averaging :
            List.of(Averaging.DRIVER, Averaging.EXECUTORS, Averaging.AUTOMATIC)) {
          cells.addAll(bottlenecks(network, sync, averaging));
        }
        table.row(cells);
      }
    }
  }

  private List<String> bottlenecks(NetworkCost network, int sync, Averaging averaging) {
    List<Integer> counts = executors().boxed().toList();
    List<Double> shares =
        counts.stream()
            .map(count -> predict(network, sync, averaging, count).synchronisingShare())
            .toList();
    return SHARES.stream()
        .map(
            limit ->
                IntStream.range(0, counts.size())
                    .filter(i -> shares.get(i) > limit)
                    .mapToObj(i -> Figures.count(counts.get(i)))
                    .findFirst()
                    .orElse("none"))
        .toList();
  }

  /** Prints what a round costs without its steps, by the place of the average. */
  void printRounds(PrintStream out) {
    MarkdownTable table =
        new MarkdownTable(
            out,
            "A round without steps, s",
            List.of("network", "executors", "average on the driver", "on the executors"));
    for (NetworkCost network : networks) {
      for (int executors : List.of(2, 16, 128, 1024)) {
        table.row(
            network.name(),
            Figures.count(executors),
            round(network, executors, Averaging.DRIVER),
            round(network, executors, Averaging.EXECUTORS));
      }
    }
    out.printf("%nThe average that Meanfield chooses is in bold type.%n");
  }

  private String round(NetworkCost network, int executors, Averaging averaging) {
    String seconds =
        Figures.threeDigits(
            model.roundAlone(network, averaging, cluster.withExecutors(executors)).seconds());
    boolean isOnExecutors = Averaging.AUTOMATIC.isOnExecutors(executors, network.stateBytes());
    return isOnExecutors == (averaging == Averaging.EXECUTORS) ? "**" + seconds + "**" : seconds;
  }

  /** Prints how busy the driver's host is. */
  void printDriver(PrintStream out) {
    int sync = syncFrequencies.get(syncFrequencies.size() / 2);
    MarkdownTable table =
        new MarkdownTable(
            out,
            "The driver in an epoch, every " + sync + ", as shares of the epoch",
            List.of("network", "executors", "one core computes", "link sends", "link receives"));
    for (NetworkCost network : networks) {
      for (int executors : List.of(16, 128, 1024)) {
        EpochPrediction epoch = predict(network, sync, Averaging.AUTOMATIC, executors);
        table.row(
            network.name(),
            Figures.count(executors),
            Figures.percent(epoch.driverCoreSeconds() / epoch.seconds()),
            Figures.percent(epoch.driverUpSeconds() / epoch.seconds()),
            Figures.percent(epoch.driverDownSeconds() / epoch.seconds()));
      }
    }
  }

  /** Prints where the workers of executors with several cores run best. */
  void printPlacements(PrintStream out, int cores) {
    MarkdownTable table =
        new MarkdownTable(
            out,
            "Executors of " + cores + " cores",
            List.of(
                "network",
                "executors",
                "every",
                "a task for each worker, s",
                "a task for each executor, s",
                "one task, s"));
    for (NetworkCost network : networks) {
      for (int executors : List.of(1, 8, 64)) {
        for (int sync : syncFrequencies) {
          table.row(
              network.name(),
              String.valueOf(executors),
              String.valueOf(sync),
              seconds(network, sync, Workers.TASK_EACH, executors, cores),
              seconds(network, sync, Workers.TASK_FOR_EXECUTOR, executors, cores),
              executors == 1 ? seconds(network, sync, Workers.ONE_TASK, 1, cores) : "");
        }
      }
    }
  }

  private String seconds(NetworkCost network, int sync, Workers workers, int executors, int cores) {
    Cluster larger =
        new Cluster(
            executors,
            cores,
            cluster.driverCores(),
            cluster.hosting(),
            cluster.bytesPerSecond(),
            cluster.latencySeconds());
    EpochSettings epoch =
        new EpochSettings(
            network, examples, sync, AVERAGING_FREQUENCY, workers, Averaging.AUTOMATIC);
    return Figures.threeDigits(model.predict(epoch, larger).seconds());
  }

  private EpochPrediction predict(
      NetworkCost network, int sync, Averaging averaging, int executors) {
    Averaging where =
        averaging.isOnExecutors(executors, network.stateBytes())
            ? Averaging.EXECUTORS
            : Averaging.DRIVER;
    EpochSettings epoch =
        new EpochSettings(network, examples, sync, sync, Workers.TASK_EACH, where);
    return predictions.computeIfAbsent(
        new Cell(epoch, executors),
        cell -> model.predict(epoch, cluster.withExecutors(cell.executors())));
  }

  private static IntStream executors() {
    return IntStream.rangeClosed(0, LARGEST_POWER).map(power -> 1 << power);
  }
}
