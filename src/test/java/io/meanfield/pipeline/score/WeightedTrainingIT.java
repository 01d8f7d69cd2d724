package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training and evaluation with weights, from a CSV file to the tables. With one step an epoch on
 * all examples, an example of weight n equals n examples, and an example of weight 0 equals none.
 */
class WeightedTrainingIT {
  private static final int ROWS = 24;

  @TempDir private Path folder;

  @BeforeEach
  void writeTables() throws IOException {
    writeTables("", 0);
    writeTables("-test", 0.1);
  }

  /** Writes the same examples with weights and with repetitions. */
  private void writeTables(String suffix, double shift) throws IOException {
    List<String> weighted = new ArrayList<>(List.of("a,b,w,y"));
    List<String> repeated = new ArrayList<>(List.of("a,b,y"));
    for (int i = 0; i < ROWS; i++) {
      String features = (i % 5 / 4.0 + shift) + "," + i % 3 / 2.0;
      int weight = i % 4;
      int label = (i * 7 + i / 5) % 3 == 0 ? 1 : 0;
      weighted.add(features + "," + weight + "," + label);
      for (int time = 0; time < weight; time++) {
        repeated.add(features + "," + label);
      }
    }
    Files.write(folder.resolve("weighted" + suffix + ".csv"), weighted);
    Files.write(folder.resolve("repeated" + suffix + ".csv"), repeated);
  }

  private JobSettings settings(String table, String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.page=none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data { format = csv, validation-fraction = 0, columns.label = y }");
    all.add("data.train.path=\"" + folder.resolve(table + ".csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve(table + "-test.csv") + "\"");
    all.add("data.columns { scale = none, log = none, impute = refuse, handle-unknown = error }");
    all.add(
        "network { input = [2], layers = [ { dense = 3, activation = tanh }, "
            + "{ dense = 1, activation = sigmoid } ], loss = binary_crossentropy }");
    all.add("network.optimizer { name = sgd, learning-rate = 2 }");
    all.add("train { workers = 1, batch-size = 100, epochs = 6 }");
    if (table.equals("weighted")) {
      all.add("data.columns.weight=w");
    }
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private List<Row> table(String run, String name, String order) {
    return TestJobs.table(folder.resolve("runs"), run, name).orderBy(order).collectAsList();
  }

  private Row lastEpoch(JobSettings settings, String id) {
    TestJobs.train(settings, id).run();
    List<Row> epochs = table(id, "epochs", "epoch");
    return epochs.get(epochs.size() - 1);
  }

  private static void assertSame(Row found, Row expected, String... columns) {
    for (String column : columns) {
      assertThat(found.<Double>getAs(column))
          .as(column)
          .isCloseTo(expected.<Double>getAs(column), within(2e-6));
    }
  }

  @Test
  void exampleOfWeightTwoEqualsTwoExamplesInTrainingAndEvaluation() {
    JobSettings repeated = settings("repeated", "network.engine = torch");
    Row expected = lastEpoch(repeated, "repeated");
    for (String engine : List.of("torch", "dl4j")) {
      Row found = lastEpoch(settings("weighted", "network.engine = " + engine), engine);
      assertSame(found, expected, "train_loss", "train_accuracy");
    }
    // Workers of different sums of weights: their average is one step on all examples.
    Row workers = lastEpoch(settings("weighted", "train.workers = 3"), "workers");
    assertSame(workers, expected, "train_loss", "train_accuracy");
    assertEvaluationsAreEqual(repeated);
  }

  private void assertEvaluationsAreEqual(JobSettings repeated) {
    String message =
        TestJobs.evaluate(settings("weighted"), "weighted-test", "torch").run().message();
    assertThat(message).contains(" (24 weighted examples), loss ");
    TestJobs.evaluate(repeated, "repeated-test", "torch").run();
    Row found = table("weighted-test", "evaluation", "run_id").get(0);
    Row expected = table("repeated-test", "evaluation", "run_id").get(0);
    assertSame(found, expected, "loss", "accuracy", "macro_f1", "roc_auc_macro", "log_loss");
    assertThat(found.<Double>getAs("weight")).isEqualTo(36);
    assertThat(expected.isNullAt(expected.fieldIndex("weight"))).isTrue();
    Row ofClass = table("weighted-test", "evaluation_by_class", "class").get(1);
    Row expectedOfClass = table("repeated-test", "evaluation_by_class", "class").get(1);
    assertSame(ofClass, expectedOfClass, "precision", "recall", "roc_auc", "weight");
    assertThat(table("weighted-test", "predictions", "example_id"))
        .extracting(row -> row.<Float>getAs("weight"))
        .contains(0f, 1f, 2f, 3f);
  }
}
