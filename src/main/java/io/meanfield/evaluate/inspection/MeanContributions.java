package io.meanfield.evaluate.inspection;

import io.meanfield.batch.GpuTasks;
import io.meanfield.data.Examples;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** How much columns contribute to the scores of some examples, in the mean. */
final class MeanContributions {
  /** The number of examples that are enough for a mean. */
  static final int MOST_EXAMPLES = 512;

  private static final int EXAMPLES_OF_A_TASK = 32;

  private MeanContributions() {}

  /**
   * The contributions of a column; a row of table {@code mean_contributions}.
   *
   * @param absolute the mean size
   * @param mean the mean with its sign
   */
  record OfColumn(String column, double absolute, double mean, int examples) {}

  /** Computes the means on the executors; the largest first. */
  static List<OfColumn> of(
      JavaSparkContext spark, Contributions contributions, Model model, Examples examples) {
    Broadcast<LearnerState> state = spark.broadcast(model.state().withoutOptimizerState());
    try {
      List<Examples> parts = examples.parts(EXAMPLES_OF_A_TASK).toList();
      JavaRDD<Contributions.OfRow> explained =
          spark
              .parallelize(parts, Math.min(parts.size(), spark.defaultParallelism()))
              .flatMap(part -> contributions.of(state.value(), part).iterator());
      List<double[]> rows =
          GpuTasks.withGpus(explained).collect().stream()
              .map(Contributions.OfRow::columns)
              .toList();
      List<String> names = contributions.names();
      return IntStream.range(0, names.size())
          .mapToObj(column -> of(names.get(column), rows, column))
          .sorted(Comparator.comparingDouble(OfColumn::absolute).reversed())
          .toList();
    } finally {
      state.destroy();
    }
  }

  private static OfColumn of(String name, List<double[]> rows, int column) {
    return new OfColumn(
        name,
        rows.stream().mapToDouble(row -> Math.abs(row[column])).average().orElse(0),
        rows.stream().mapToDouble(row -> row[column]).average().orElse(0),
        rows.size());
  }
}
