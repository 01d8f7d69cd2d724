package io.meanfield.evaluate.inspection;

import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.batch.GpuTasks;
import io.meanfield.data.Examples;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Computes the importance of all columns on the executors. Driver only. */
final class ImportanceJob {
  private ImportanceJob() {}

  static List<ColumnImportance> run(
      JavaSparkContext spark,
      Model model,
      List<ColumnGroup> groups,
      PermutationImportance importance) {
    EngineNetwork network = model.network();
    Broadcast<LearnerState> weights = spark.broadcast(model.state().withoutOptimizerState());
    Broadcast<PermutationImportance> shared = spark.broadcast(importance);
    try {
      List<PermutationImportance.Pass> passes = PermutationImportance.passes(groups);
      JavaRDD<Double> losses =
          spark
              .parallelize(passes, Math.min(passes.size(), spark.defaultParallelism()))
              .map(pass -> loss(network, weights.value(), shared.value().of(pass)));
      return importance.of(groups, GpuTasks.withGpus(losses, network.device()).collect());
    } finally {
      shared.destroy();
      weights.destroy();
    }
  }

  private static double loss(EngineNetwork network, LearnerState state, Examples examples) {
    float[] outputs = ForwardPass.outputs(network, state, examples);
    float[] targets = BatchWriter.targets(examples, network);
    int width = network.outputs();
    double sum = 0;
    double weight = 0;
    for (int row = 0; row < examples.count(); row++) {
      sum += examples.weight(row) * network.loss().of(outputs, targets, row * width, width);
      weight += examples.weight(row);
    }
    return sum / weight;
  }
}
