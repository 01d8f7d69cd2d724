package io.meanfield.bench;

import io.meanfield.engine.torch.StepCost;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.Precision;
import io.meanfield.kernels.Processor;
import io.meanfield.network.NetworkSettings;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the processor time of a step in both precisions, on one thread and in turns, with the
 * kernels that {@code run.kernels = auto} selects for bfloat16: {@code dev/bench precision}.
 */
public final class PrecisionBenchmark {
  private PrecisionBenchmark() {}

  /** Takes the number of turns. */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    Processor processor = Processor.here();
    NativeLibraries.pin(processor.highest(Precision.BFLOAT16));
    System.out.println(
        processor.name() + ", " + processor.highest(Precision.BFLOAT16).id() + ", ms of a step");
    for (ComparedNetwork network : ComparedNetwork.values()) {
      compare(network, turns);
    }
  }

  private static void compare(ComparedNetwork network, int turns) {
    Map<Precision, StepCost> costs = new EnumMap<>(Precision.class);
    Map<Precision, Double> least = new EnumMap<>(Precision.class);
    for (Precision precision : Precision.values()) {
      costs.put(precision, new StepCost(settings(network), precision, 1));
    }
    for (int turn = 0; turn < turns; turn++) {
      costs.forEach((precision, cost) -> least.merge(precision, cost.stepSeconds(), Math::min));
    }
    double wide = least.get(Precision.FLOAT32);
    double narrow = least.get(Precision.BFLOAT16);
    System.out.printf(
        Locale.ROOT,
        "%-40s float32 %7.3f   bfloat16 %7.3f   ratio %.2f%n",
        network.title(),
        wide * 1e3,
        narrow * 1e3,
        narrow / wide);
  }

  private static NetworkSettings settings(ComparedNetwork network) {
    return JobSettings.load(List.of(), List.of(network.settings(Precision.FLOAT32, 50))).network();
  }
}
