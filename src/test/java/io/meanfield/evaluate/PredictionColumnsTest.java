package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.ErrorScale;
import io.meanfield.network.Intervals;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import io.meanfield.store.table.RowTable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PredictionColumnsTest {
  private static List<String> columns(OutputSpec spec, List<String> labels, List<String> targets) {
    StructType schema =
        new PredictionColumns(spec, labels, targets).addTo(RowTable.named("any")).schema();
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().simpleString())
        .skip(1) // run_id
        .toList();
  }

  @Test
  void binaryTaskHasTheProbabilityOfThePositiveClass() {
    OutputSpec spec = new OutputSpec(TaskType.BINARY, Loss.BINARY_CROSSENTROPY, 1);
    assertThat(columns(spec, List.of("no", "yes"), List.of()))
        .containsExactly(
            "predicted int",
            "predicted_label string",
            "probability double",
            "probability_positive double");
    assertThat(columns(spec, List.of(), List.of())).doesNotContain("predicted_label string");
  }

  @Test
  void binaryTaskWithoutProbabilitiesHasItsOutput() {
    OutputSpec spec = new OutputSpec(TaskType.BINARY, Loss.MSE, 1);
    assertThat(columns(spec, List.of(), List.of()))
        .containsExactly("predicted int", "outputs array<float>");
  }

  @Test
  void classesHaveAllProbabilitiesAndTwoClassesAPositiveOne() {
    OutputSpec three = new OutputSpec(TaskType.MULTI_CLASS, Loss.CATEGORICAL_CROSSENTROPY, 3);
    assertThat(columns(three, List.of(), List.of()))
        .containsExactly("predicted int", "probability double", "outputs array<float>");
    OutputSpec two = new OutputSpec(TaskType.MULTI_CLASS, Loss.CATEGORICAL_CROSSENTROPY, 2);
    assertThat(columns(two, List.of(), List.of())).contains("probability_positive double");
  }

  @Test
  void numbersAndLabelsHaveTheNamesOfTheirTargets() {
    OutputSpec regression = new OutputSpec(TaskType.REGRESSION, Loss.MSE, 2);
    assertThat(columns(regression, List.of(), List.of("y", "z")))
        .containsExactly("predicted_y double", "predicted_z double");
    assertThat(columns(regression, List.of(), List.of("pair")))
        .containsExactly("outputs array<float>");
    OutputSpec labels = new OutputSpec(TaskType.MULTI_LABEL, Loss.BINARY_CROSSENTROPY, 2);
    assertThat(columns(labels, List.of(), List.of("cat", "dog")))
        .containsExactly(
            "predicted_cat int",
            "probability_cat double",
            "predicted_dog int",
            "probability_dog double");
  }

  private static final Intervals AROUND =
      new Intervals(
          List.of(
              new Intervals.Level(0.9, List.of(2.0, 3.0)),
              new Intervals.Level(0.995, List.of(4.0, 5.0))),
          List.of(
              new ErrorScale(List.of(0.0, 10.0), List.of(1.0, 2.0)),
              new ErrorScale(List.of(0.0), List.of(0.5))));

  private static Object value(OutputSpec spec, List<String> labels, String name, float... outputs) {
    return new PredictionColumns(spec, labels, List.of("y", "z"))
        .predicted().columns().stream()
            .filter(column -> column.name().equals(name))
            .findFirst()
            .orElseThrow()
            .value()
            .of(outputs, 0);
  }

  @Test
  void numbersHaveTheEndsOfTheirIntervalsBesideThem() {
    OutputSpec spec = new OutputSpec(TaskType.REGRESSION, Loss.MSE, 2, Threshold.DEFAULT, AROUND);
    assertThat(columns(spec, List.of(), List.of("y", "z")))
        .containsExactly(
            "predicted_y double",
            "lower_90_y double",
            "upper_90_y double",
            "lower_99_5_y double",
            "upper_99_5_y double",
            "predicted_z double",
            "lower_90_z double",
            "upper_90_z double",
            "lower_99_5_z double",
            "upper_99_5_z double");
    assertThat(columns(spec, List.of(), List.of("pair")))
        .containsExactly(
            "outputs array<float>",
            "lower_90 array<float>",
            "upper_90 array<float>",
            "lower_99_5 array<float>",
            "upper_99_5 array<float>");
    assertThat(value(spec, List.of(), "lower_90_y", 5, 7)).isEqualTo(5 - 2 * 1.5);
    assertThat(value(spec, List.of(), "upper_99_5_z", 5, 7)).isEqualTo(7 + 5 * 0.5);
  }

  @Test
  void setHasTheNamesOfLikelyClassesAndAlwaysThePredictedOne() {
    Intervals sets = new Intervals(List.of(new Intervals.Level(0.9, List.of(0.75))), List.of());
    OutputSpec three =
        new OutputSpec(
            TaskType.MULTI_CLASS, Loss.CATEGORICAL_CROSSENTROPY, 3, Threshold.DEFAULT, sets);
    List<String> names = List.of("a b", "c");
    assertThat(columns(three, names, List.of())).endsWith("prediction_set_90 array<string>");
    assertThat(value(three, names, "prediction_set_90", 0.25f, 0.2f, 0.55f))
        .isEqualTo(new String[] {"a b", "2"});
    OutputSpec strict =
        new OutputSpec(
            TaskType.BINARY,
            Loss.BINARY_CROSSENTROPY,
            1,
            Threshold.of(0.3f),
            new Intervals(List.of(new Intervals.Level(0.9, List.of(0.1))), List.of()));
    assertThat(value(strict, names, "prediction_set_90", 0.95f)).isEqualTo(new String[] {"c"});
    assertThat(value(strict, names, "prediction_set_90", 0.4f)).isEqualTo(new String[] {"c"});
    assertThat(value(strict, names, "prediction_set_90", 0.05f)).isEqualTo(new String[] {"a b"});
  }
}
