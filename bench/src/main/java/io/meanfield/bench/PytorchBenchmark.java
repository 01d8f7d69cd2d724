package io.meanfield.bench;

import io.meanfield.kernels.Precision;
import io.meanfield.network.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Compares Meanfield with PyTorch's local SGD, both with two workers on MNIST: the time of an epoch
 * of five networks in each precision, averaged every 10 and every 50 minibatches, and the time of
 * the whole command.
 */
public final class PytorchBenchmark {
  private static final String COMMAND = "command";
  private static final String OURS = "Meanfield";
  private static final List<Integer> INTERVALS = List.of(10, 50);

  private final MnistWorkload workload;
  private final int turns;
  private final PytorchTable table = new PytorchTable();

  private PytorchBenchmark(MnistWorkload workload, int turns) {
    this.workload = workload;
    this.turns = turns;
  }

  /**
   * Takes the number of turns (default 3), and what to compare: ids of networks, which {@code
   * -bfloat16} may follow, or {@code command} (default all).
   */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    List<String> named = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
    Predicate<String> wanted = name -> named.isEmpty() || named.contains(name);
    try (MnistWorkload workload = new MnistWorkload()) {
      PytorchBenchmark benchmark = new PytorchBenchmark(workload, turns);
      for (ComparedNetwork network : ComparedNetwork.values()) {
        for (Precision precision : Precision.values()) {
          if (wanted.test(network.id(precision))) {
            INTERVALS.forEach(minibatches -> benchmark.compare(network, precision, minibatches));
          }
        }
      }
      if (wanted.test(COMMAND)) {
        benchmark.compareCommands();
      }
      benchmark.print();
    }
  }

  private void compare(ComparedNetwork network, Precision precision, int minibatches) {
    String narrow = precision == Precision.FLOAT32 ? "" : ", bfloat16";
    String label = network.title() + narrow + ", every " + minibatches;
    List<Double> ours = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    List<Double> ourAccuracies = new ArrayList<>();
    List<Double> peersAccuracies = new ArrayList<>();
    for (int turn = 1; turn <= turns; turn++) {
      Map<String, RunTimings> timings =
          new Comparison(trainers(network, precision, minibatches, turn))
              .run(label + ", turn " + turn + " of " + turns, network.epochs());
      ours.add(timings.get(OURS).laterSeconds());
      peers.add(timings.get(PytorchPeer.NAME).laterSeconds());
      ourAccuracies.add(timings.get(OURS).lastAccuracy());
      peersAccuracies.add(timings.get(PytorchPeer.NAME).lastAccuracy());
    }
    table.add(
        label,
        new PairedTimes(ours, peers),
        String.format(
            Locale.ROOT,
            "%.2f %%, %.2f %%",
            100 * Median.of(ourAccuracies),
            100 * Median.of(peersAccuracies)));
  }

  private List<TimedTrainer> trainers(
      ComparedNetwork network, Precision precision, int minibatches, int seed) {
    String[] settings = network.settings(precision, minibatches);
    return List.of(
        new MeanfieldTrainer(OURS, workload, seed, Engine.TORCH, settings),
        PytorchPeer.trainer(network, precision, minibatches));
  }

  private void compareCommands() {
    WholeCommand command = new WholeCommand(Path.of("bench/target"));
    String label =
        "the command, " + WholeCommand.EPOCHS + " epochs of " + ComparedNetwork.DENSE.title();
    table.add(label, command.run(turns), "");
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "60,000 MNIST digits, adam 0.001, %d workers x %d, averaged every 10 or every 50"
            + " minibatches; seconds of an epoch%n%n",
        MnistWorkload.WORKERS,
        MnistWorkload.BATCH);
    table.print(System.out);
    System.out.printf(
        Locale.ROOT,
        "%nseconds: medians of %d turns, of the second half of the epochs in each; ratio: median of"
            + " the turns' ratios%n%s%n%s%n",
        turns,
        PytorchPeer.versions(),
        Machine.description());
  }
}
