package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.store.table.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The columns of the tables; ? marks a nullable column. */
class EvaluationTablesTest {
  private static List<String> columns(RowTable<?> table) {
    return Arrays.stream(table.schema().fields())
        .map(
            field ->
                field.name()
                    + (field.nullable() ? "? " : " ")
                    + field.dataType().toString().replace("Type", ""))
        .toList();
  }

  @Test
  void evaluationHasAColumnForEachMetric() {
    assertThat(columns(EvaluationTables.evaluationTable()))
        .containsExactly(
            "run_id String",
            "model_run_id String",
            "model_version? Integer",
            "dataset_fingerprint String",
            "examples Long",
            "loss Double",
            "evaluated_at Timestamp",
            "threshold? Float",
            "accuracy? Double",
            "macro_precision? Double",
            "macro_recall? Double",
            "macro_f1? Double",
            "roc_auc_macro? Double",
            "pr_auc_macro? Double",
            "pr_auc? Double",
            "roc_auc? Double",
            "lift_at_10_percent? Double",
            "precision? Double",
            "recall? Double",
            "f1? Double",
            "brier_score? Double",
            "log_loss? Double",
            "expected_calibration_error? Double",
            "hamming_loss? Double",
            "mse? Double",
            "rmse? Double",
            "mae? Double",
            "r2? Double",
            "pinball? Double",
            "quantile_error? Double",
            "weight? Double");
  }

  @Test
  void evaluationByClassHasTheMetricsOfAClass() {
    assertThat(columns(EvaluationTables.BY_CLASS))
        .containsExactly(
            "run_id String",
            "class Integer",
            "support Long",
            "precision Double",
            "recall Double",
            "f1 Double",
            "roc_auc? Double",
            "pr_auc? Double",
            "lift_at_10_percent? Double",
            "weight Double");
  }

  @Test
  void calibrationHasARowForEachBin() {
    assertThat(columns(EvaluationTables.CALIBRATION))
        .containsExactly(
            "run_id String",
            "class Integer",
            "bin Integer",
            "lower Double",
            "upper Double",
            "examples Long",
            "mean_predicted Double",
            "observed Double");
  }

  @Test
  void confusionCountsPairsOfClasses() {
    assertThat(columns(EvaluationTables.CONFUSION))
        .containsExactly("run_id String", "actual Integer", "predicted Integer", "count Long");
  }

  @Test
  void predictionsHaveOutputsAndNullableColumnsForTheTask() {
    assertThat(columns(Prediction.table(new ModelSource("run", Optional.empty()))))
        .containsExactly(
            "run_id String",
            "model_version? Integer",
            "example_id Long",
            "example_key? String",
            "actual? Integer",
            "predicted? Integer",
            "probability? Double",
            "outputs Array(Float,false)",
            "targets? Array(Float,false)",
            "weight? Float");
  }
}
