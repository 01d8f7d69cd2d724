package io.meanfield.lesson;

import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.Table;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Reads the numbers of a run's tables, by name. */
final class RunMetrics {
  /** The mean over the last epochs, because the accuracy of a single epoch fluctuates. */
  private static final String LAST_EPOCHS_ACCURACY = "validation_accuracy_of_last_five";

  private static final String PSEUDO_LIKELIHOOD = "validation_pseudo_likelihood";
  private static final int LAST_EPOCHS = 5;
  private static final Set<String> OF_TRAINING =
      Set.of(
          "train_loss",
          "train_accuracy",
          "validation_loss",
          "validation_accuracy",
          PSEUDO_LIKELIHOOD,
          LAST_EPOCHS_ACCURACY);

  private RunMetrics() {}

  /** Returns whether training measures it; other measures need test examples. */
  static boolean isOfTraining(String measure) {
    return OF_TRAINING.contains(measure);
  }

  /**
   * Returns the numbers of the last epoch of a run, with those of its pre-training, and the mean
   * accuracy of its last epochs.
   */
  static Map<String, Double> ofTraining(SparkSession spark, RunDirectory run) {
    List<Row> epochs =
        Table.read(spark, run, "epochs").stream()
            .sorted(Comparator.comparingInt(row -> row.getAs("epoch")))
            .toList();
    Map<String, Double> measures = numbers(epochs.get(epochs.size() - 1));
    epochs.subList(Math.max(0, epochs.size() - LAST_EPOCHS), epochs.size()).stream()
        .filter(row -> row.getAs("validation_accuracy") != null)
        .mapToDouble(row -> row.getAs("validation_accuracy"))
        .average()
        .ifPresent(mean -> measures.put(LAST_EPOCHS_ACCURACY, mean));
    // Of the first layer, because only its inputs are those of the network.
    Table.read(spark, run, "pretraining").stream()
        .filter(row -> row.<Integer>getAs("layer") == 0 && row.getAs(PSEUDO_LIKELIHOOD) != null)
        .max(Comparator.comparingInt(row -> row.getAs("epoch")))
        .ifPresent(row -> measures.put(PSEUDO_LIKELIHOOD, row.getAs(PSEUDO_LIKELIHOOD)));
    return measures;
  }

  /** Returns whether a system that plays measures it. */
  static boolean isOfPlaying(String measure) {
    return measure.equals(ReinforceSettings.MEAN_RETURN);
  }

  /** Returns the numbers of the test episodes of a run that plays. */
  static Map<String, Double> ofPlaying(SparkSession spark, RunDirectory run) {
    return Table.read(spark, run, "evaluations").stream()
        .filter(row -> row.getAs("episode_set").equals("test"))
        .map(RunMetrics::numbers)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the numbers of an evaluation. */
  static Map<String, Double> ofEvaluation(SparkSession spark, RunDirectory run) {
    return numbers(Table.read(spark, run, "evaluation").get(0));
  }

  private static Map<String, Double> numbers(Row row) {
    Map<String, Double> numbers = new HashMap<>();
    for (StructField field : row.schema().fields()) {
      if (field.dataType().equals(DataTypes.DoubleType) && row.getAs(field.name()) != null) {
        numbers.put(field.name(), row.getAs(field.name()));
      }
    }
    return numbers;
  }
}
