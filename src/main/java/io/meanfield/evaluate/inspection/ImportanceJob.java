package io.meanfield.evaluate.inspection;

import io.meanfield.batch.GpuTasks;
import io.meanfield.evaluate.Score;
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
              .map(pass -> Score.of(network, weights.value(), shared.value().of(pass)).loss());
      return importance.of(groups, GpuTasks.withGpus(losses, network.device()).collect());
    } finally {
      shared.destroy();
      weights.destroy();
    }
  }
}
