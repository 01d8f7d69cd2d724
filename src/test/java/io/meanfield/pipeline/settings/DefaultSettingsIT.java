package io.meanfield.pipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.ml.MeanfieldRegressor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains small tables whose settings, or whose estimators' params, name columns only: all else
 * follows from the data.
 */
@Tag("cluster")
class DefaultSettingsIT {
  @TempDir private Path folder;

  private JobSettings settings(String train, String test, String... columns) {
    return JobSettings.load(
        List.of(),
        Stream.concat(
                Stream.of(
                    "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
                    "data { format = csv, train.path = \"" + train + "\" }",
                    "data.test.path = \"" + test + "\""),
                Stream.of(columns))
            .toList());
  }

  private static Map<String, Double> trainAndEvaluate(JobSettings settings) {
    TestJobs.train(settings, "first").run();
    return TestJobs.evaluate(settings, "first-test", "first").run().result().metrics();
  }

  @Test
  void numbersFarFromZeroAreLearned() throws IOException {
    // 1,000 prices around 200,000, a line with a deviation of 5,000 and a known rest.
    StringBuilder rows = new StringBuilder("area,price\n");
    for (int i = 0; i < 1000; i++) {
      rows.append(i % 97).append(',').append(190_000 + 200 * (i % 97) + i % 7).append('\n');
    }
    Path table = Files.writeString(folder.resolve("prices.csv"), rows);
    Path test =
        Files.writeString(folder.resolve("prices-test.csv"), "area,price\n3,190603\n90,208003\n");
    JobSettings settings =
        settings(table.toString(), test.toString(), "data.columns.targets = [price]");
    // Of the variance, a part of 4 / 31,360,000 is the rest.
    assertThat(trainAndEvaluate(settings).get("r2")).isGreaterThan(0.99);
    assertThat(Files.readString(folder.resolve("runs/first/run.json")))
        .contains("\"target_scale\"");
    // The first weights predict scaled targets too, whose variance is 1.
    double firstLoss =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve("runs/first/tables/epochs").toString())
            .where("epoch = 1")
            .first()
            .getAs("train_loss");
    assertThat(firstLoss).isLessThan(1.5);
  }

  @Test
  void lampsThatAreOnOrOffAreLabels() {
    Map<String, Double> metrics =
        trainAndEvaluate(
            settings(
                "jobs/lesson/data/lamps-train*.csv",
                "jobs/lesson/data/lamps-test.csv",
                "data.columns.targets = [red, green, blue]"));
    assertThat(metrics.get("accuracy")).isGreaterThan(0.8);
  }

  private static Dataset<Row> csv(String path) {
    return LocalSpark.session()
        .read()
        .options(Map.of("header", "true", "inferSchema", "true"))
        .csv("jobs/lesson/data/" + path);
  }

  @Test
  @Tag("promise")
  void regressorWithoutParamsPredictsMassesOfPenguins() {
    MeanfieldRegressor regressor =
        new MeanfieldRegressor().setFeaturesCols(new String[] {"*"}).setLabelCol("mass_kg");
    Dataset<Row> scored =
        regressor.fit(csv("penguins-train-*.csv")).transform(csv("penguins-test.csv"));
    assertThat(
            new RegressionEvaluator().setLabelCol("mass_kg").setMetricName("r2").evaluate(scored))
        .isGreaterThan(0.78);
  }
}
