package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.error.UserException;
import io.meanfield.fixture.TestJobs;
import io.meanfield.network.Model;
import io.meanfield.network.Threshold;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on a table of which 6 % of the rows have class 1. */
class RareClassIT {
  private static final int ROWS = 1_000;
  private static final int POSITIVES = 60;

  @TempDir private Path folder;

  private void csv(String name, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of("id,x,y,label"));
    for (int id = 0; id < ROWS; id++) {
      boolean positive = id < POSITIVES;
      double x = random.nextGaussian() + (positive ? 1.8 : 0);
      lines.add(
          String.format(
              Locale.ROOT,
              "k%d,%.4f,%.4f,%s",
              id,
              x,
              random.nextGaussian(),
              positive ? "rare" : "common"));
    }
    Files.write(folder.resolve(name), lines);
  }

  private JobSettings settings(String... more) throws IOException {
    if (!Files.exists(folder.resolve("train.csv"))) {
      csv("train.csv", 1);
      csv("test.csv", 2);
    }
    List<String> all = new ArrayList<>();
    all.add("run.page=none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data.format = csv");
    all.add("data.train.path=\"" + folder.resolve("train.csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve("test.csv") + "\"");
    all.add("data { columns { id = id, label = label }, validation-fraction = 0.4 }");
    all.add("network.layers=[{dense = 4, activation = relu}, {dense = 1, activation = sigmoid}]");
    all.add("network { loss = binary_crossentropy, optimizer.learning-rate = 0.1 }");
    all.add("train { workers = 2, epochs = 3, batch-size = 16 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private Dataset<Row> table(String run, String name) {
    return TestJobs.table(folder.resolve("runs"), run, name);
  }

  private Model model(String run) {
    return ModelFile.read(
            new Configuration(),
            new org.apache.hadoop.fs.Path(folder.resolve("runs/" + run + "/model.zip").toUri()))
        .model();
  }

  @Test
  void classWeightsDoNotChangeTheSharesOfTheClasses() throws IOException {
    Outcome weighted =
        TestJobs.train(settings("data.balance = class-weights", "train.epochs = 30"), "weighted")
            .run();
    assertThat(weighted.notes()).anyMatch(note -> note.startsWith("data.balance = class-weights"));
    TestJobs.evaluate(settings(), "weighted-scores", "weighted").run();
    double mean =
        table("weighted-scores", "predictions").selectExpr("avg(outputs[0])").first().getDouble(0);
    // 6 % of the examples; 30 % with the probabilities of balanced classes.
    assertThat(mean).isBetween(0.03, 0.1);
  }

  @Test
  void chosenThresholdIsStoredAndAppliedByEvaluateAndPredict() throws IOException {
    JobSettings chosen = settings("train.threshold { recall = 0.8 }");
    Outcome training = TestJobs.train(chosen, "chosen").run();
    assertThat(training.details()).anyMatch(line -> line.startsWith("class rare  precision"));
    Map<String, Double> trained = training.result().metrics();
    Threshold threshold = model("chosen").threshold();
    assertThat(threshold.isSet()).isTrue();
    assertThat(trained).containsEntry("threshold", (double) threshold.value());
    assertThat(trained.get("validation_recall")).isBetween(0.8, 0.9);
    assertThat(threshold.value()).isLessThan(0.5f);
    Dataset<Row> validation = table("chosen", "calibration");
    assertThat(validation.select("class").distinct().collectAsList())
        .containsExactly(RowFactory.create(1));
    assertThat(validation.selectExpr("sum(examples)").first().getLong(0)).isBetween(350L, 450L);
    assertThat(validation.selectExpr("sum(examples * observed)").first().getDouble(0))
        .isBetween(10.0, 40.0);

    Outcome outcome = TestJobs.evaluate(settings(), "scores", "chosen").run();
    Row evaluation = table("scores", "evaluation").first();
    assertThat(evaluation.<Float>getAs("threshold")).isEqualTo(threshold.value());
    assertThat(evaluation.<Double>getAs("pr_auc")).isGreaterThan(0.3);
    assertThat(evaluation.<Double>getAs("lift_at_10_percent")).isGreaterThan(4);
    assertThat(outcome.result().metrics()).containsEntry("threshold", (double) threshold.value());
    assertThat(outcome.details()).anyMatch(line -> line.startsWith("class rare  precision"));
    long found =
        table("scores", "predictions")
            .filter("actual = 1 and outputs[0] >= " + (double) threshold.value() + "D")
            .count();
    assertThat(table("scores", "predictions").filter("actual = 1 and predicted = 1").count())
        .isEqualTo(found);
    assertThat(evaluation.<Double>getAs("recall"))
        .isCloseTo(found / (double) POSITIVES, within(1e-12));
    assertThat(
            table("scores", "confusion")
                .filter("actual = 1 and predicted = 1")
                .first()
                .<Long>getAs("count"))
        .isEqualTo(found);
    assertThat(table("scores", "calibration").agg(Map.of("examples", "sum")).first().getLong(0))
        .isEqualTo(ROWS);
    TestJobs.predict(settings(), "predicted", "chosen").run();
    assertThat(table("predicted", "predictions").filter("predicted = 1").count())
        .isEqualTo(table("scores", "predictions").filter("predicted = 1").count());
  }

  @Test
  void weightsDoNotDependOnThresholdAndMonitor() throws IOException {
    TestJobs.train(settings(), "plain").run();
    JobSettings monitored = settings("train { threshold = f1, early-stopping.monitor = pr_auc }");
    Outcome outcome = TestJobs.train(monitored, "monitored").run();
    Model plain = model("plain");
    assertThat(plain.threshold()).isEqualTo(Threshold.DEFAULT);
    assertThat(model("monitored").state().weightsSha256()).isEqualTo(plain.state().weightsSha256());
    List<String> losses = List.of("validation_loss", "validation_accuracy", "train_loss");
    assertThat(columns("monitored", losses)).isEqualTo(columns("plain", losses));
    Row last = table("monitored", "epochs").orderBy("epoch").takeAsList(3).get(2);
    assertThat(last.<String>getAs("monitor")).isEqualTo("pr_auc");
    // The validation examples are evaluated again after training.
    assertThat(outcome.result().metrics())
        .containsEntry("validation_pr_auc", last.<Double>getAs("monitored"));
  }

  private List<String> columns(String run, List<String> names) {
    return table(run, "epochs").orderBy("epoch").collectAsList().stream()
        .map(row -> names.stream().map(name -> String.valueOf(row.<Object>getAs(name))).toList())
        .map(List::toString)
        .toList();
  }

  @Test
  void thresholdAndMonitorThatDoNotFitTheTaskAreRefused() throws IOException {
    assertThatThrownBy(() -> train("data.validation-fraction = 0", "train.threshold = f1"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "train.threshold is chosen on validation examples, but there are none; raise"
                + " data.validation-fraction, or set a number");
    String threeClasses =
        "network { layers = [{dense = 3, activation = softmax}], loss = categorical_crossentropy }";
    assertThatThrownBy(() -> train(threeClasses, "train.threshold = f1"))
        .hasMessage(
            "train.threshold is set, but only a model for two classes has a threshold, and this"
                + " task has 3 classes; leave it out");
    assertThatThrownBy(() -> train("train.early-stopping.monitor = mse"))
        .hasMessageStartingWith(
            "train.early-stopping.monitor is mse, which this task does not have; choose one of"
                + " loss, accuracy,");
    assertThatThrownBy(
            () -> train("data.validation-fraction = 0", "train.early-stopping.monitor = f1"))
        .hasMessageContaining("but there are no validation examples");
    assertThat(folder.resolve("runs/refused")).doesNotExist();
  }

  private void train(String... more) throws IOException {
    TestJobs.train(settings(more), "refused").run();
  }
}
