package io.meanfield.bench.scaling;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the tables of docs/background/scaling.md: {@code dev/bench scaling}. Starts no Spark. */
@Command(
    name = "dev/bench scaling",
    sortOptions = false,
    description = "Predicts the time of an epoch on a cluster, as Markdown tables.")
public final class ScalingBenchmark implements Runnable {
  @Option(
      names = "--costs",
      paramLabel = "FILE",
      defaultValue = "bench/costs.json",
      description = "What dev/bench costs has written (${DEFAULT-VALUE}).")
  private Path costs;

  @Option(
      names = "--bandwidth",
      paramLabel = "GBIT",
      defaultValue = "10",
      description = "Gigabits a second of each host's link (${DEFAULT-VALUE}).")
  private double gigabits;

  @Option(
      names = "--latency",
      paramLabel = "MICROSECONDS",
      defaultValue = "100",
      description = "Time of a message between hosts (${DEFAULT-VALUE}).")
  private double latencyMicros;

  @Option(
      names = "--driver-cores",
      paramLabel = "NUMBER",
      defaultValue = "4",
      description = "Cores of the driver's host (${DEFAULT-VALUE}).")
  private int driverCores;

  @Option(
      names = "--executor-cores",
      paramLabel = "NUMBER",
      defaultValue = "8",
      description = "Cores of an executor in the table of placements (${DEFAULT-VALUE}).")
  private int executorCores;

  @Option(
      names = "--examples",
      paramLabel = "NUMBER",
      defaultValue = "13107200",
      description = "Training examples (${DEFAULT-VALUE}).")
  private long examples;

  @Option(
      names = "--sync-frequency",
      paramLabel = "NUMBERS",
      split = ",",
      defaultValue = "10,50,100",
      description = "Minibatches of a round (${DEFAULT-VALUE}).")
  private List<Integer> syncFrequencies;

  @Option(
      names = "--sigma",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Standard deviation of the logarithm of the workers' times (${DEFAULT-VALUE}).")
  private double sigma;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Seed of the workers' times (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--jobs",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "Equal Spark jobs that are simulated at most (${DEFAULT-VALUE}).")
  private int jobs;

  private ScalingBenchmark() {}

  /** Prints the tables; ends with 2 if an argument is wrong. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new ScalingBenchmark());
    command
        .getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("--help")
                .usageHelp(true)
                .description("Prints this help.")
                .build());
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          if (e instanceof IllegalArgumentException || e instanceof UncheckedIOException) {
            line.getErr().println("error: " + e.getMessage());
            return 2;
          }
          throw e;
        });
    return command;
  }

  @Override
  public void run() {
    print(CostsFile.read(costs), new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  private void print(Costs measured, PrintStream out) {
    Cluster cluster =
        new Cluster(
            1, 1, driverCores, new Cluster.OwnHosts(), gigabits * 1e9 / 8, latencyMicros / 1e6);
    new CostsTable(measured).print(out);
    new ChecksTable(measured).print(out);
    out.printf(
        "%nThe predictions below: %,d examples; hosts with links of %s Gbit/s and %s µs, the driver"
            + " with %d cores, executors with one core unless stated otherwise.%n",
        examples, Figures.threeDigits(gigabits), Figures.threeDigits(latencyMicros), driverCores);
    EpochModel model = new EpochModel(measured, new Stragglers(sigma, seed), jobs);
    ScalingTables tables =
        new ScalingTables(measured.networks(), model, cluster, examples, syncFrequencies);
    tables.print(out);
    tables.printBottlenecks(out);
    tables.printRounds(out);
    tables.printDriver(out);
    tables.printPlacements(out, executorCores);
    new StragglersTable(measured, cluster, examples, seed).print(out);
  }
}
