package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
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
}
