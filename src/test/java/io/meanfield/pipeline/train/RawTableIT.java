package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains on a table as it is: columns of very different scales, gaps, times, truth values,
 * categories, and few examples of class 1.
 */
class RawTableIT {
  @TempDir private static Path churn;
  @TempDir private Path folder;

  @BeforeAll
  static void makeChurn() throws Exception {
    Process script = new ProcessBuilder("scripts/make-churn", churn.toString()).inheritIO().start();
    assertThat(script.waitFor()).isZero();
  }

  /** Writes the first rows of a file of the churn table, and returns the new file. */
  private Path csv(String name, int rows) throws IOException {
    try (Stream<String> lines = Files.lines(churn.resolve(name))) {
      return Files.write(folder.resolve(name), lines.limit(1 + rows).toList());
    }
  }

  private JobSettings settings(String... more) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("run.page=none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data.format = csv");
    all.add("data.train.path=\"" + folder.resolve("train.csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve("test.csv") + "\"");
    all.add("data.columns { id = account, label = churned, categorical = [plan, country] }");
    all.add("data.columns.exclude = [\"note*\"]");
    all.add("network.layers=[{dense = 16, activation = relu}, {dense = 1, activation = sigmoid}]");
    all.add("network { loss = binary_crossentropy, optimizer.learning-rate = 0.01 }");
    all.add("train { workers = 2, epochs = 10, batch-size = 32 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private Row table(String run, String name) {
    return TestJobs.table(folder.resolve("runs"), run, name).first();
  }

  @Test
  void tableAsItIsTrainsAGoodModelWithDefaults() throws IOException {
    csv("train.csv", 8_000);
    csv("test.csv", 4_000);
    JobSettings settings = settings();
    TestJobs.train(settings, "model").run();
    Outcome outcome = TestJobs.evaluate(settings, "scores", "model").run();
    assertThat(table("scores", "evaluation").<Double>getAs("roc_auc_macro")).isGreaterThan(0.85);
    assertThat(outcome.notes())
        .anyMatch(
            note ->
                note.matches(
                    "column country: in \\d+ of 4000 examples the category is missing or was at"
                        + " most once in training; one code represents all of them"));
    assertThat(Files.readString(folder.resolve("runs/model/encodings.json")))
        .contains("\"schema_version\" : 1", "\"column\" : \"revenue\"", "\"log\" : true");
  }

  @Test
  void numbersOfDifferentScalesThatAreNotScaledAreNoted() throws IOException {
    csv("train.csv", 300);
    String plain = "data.columns { features = [revenue, error_rate], impute = mean, log = none }";
    JobSettings settings = settings(plain, "data.columns.exclude = []", "train.epochs = 1");
    assertThat(TestJobs.train(settings, "scaled").run().notes())
        .noneMatch(note -> note.contains("scale"));
    JobSettings unscaled =
        settings(plain, "data.columns { exclude = [], scale = none }", "train.epochs = 1");
    assertThat(TestJobs.train(unscaled, "unscaled").run().notes())
        .anyMatch(
            note ->
                note.matches(
                    "columns have very different scales, such as error_rate \\(range 0\\.00\\d+\\)"
                        + " and revenue \\(range .*\\), and are not scaled, so that a network"
                        + " learns badly from them; set data.columns.scale = standard"));
  }

  @Test
  void columnsAndTargetsOfVeryLargeValuesAreNoted() throws IOException {
    StringBuilder rows = new StringBuilder("account,seconds,price\n");
    for (int i = 0; i < 100; i++) {
      rows.append("k" + i + "," + (1_700_000_000L + i) + "," + (20_000_000 + 100 * i) + "\n");
    }
    Files.writeString(folder.resolve("train.csv"), rows);
    JobSettings unscaled =
        settings(
            "data.columns { label = null, targets = [price], features = [seconds], log = none,"
                + " categorical = [], exclude = [], scale = none }",
            "network { layers = [{dense = 1, activation = linear}], loss = mae }",
            "train.epochs = 1");
    assertThat(TestJobs.train(unscaled, "unscaled").run().notes())
        .contains(
            "columns have very large values that are not scaled: seconds; single precision tells"
                + " them hardly apart and the network learns badly from them; set"
                + " data.columns.scale = standard",
            "the targets have values beyond 1e7 that lie so close together that single precision"
                + " tells them hardly apart; subtract a constant from them");
  }

  @Test
  void runIsAnnouncedOnceAndOnlyIfItsColumnsExist() throws IOException {
    csv("train.csv", 300);
    List<String> announced = new ArrayList<>();
    JobSettings missing =
        settings("data.columns { features = [income], exclude = [] }", "train.epochs = 1");
    assertThatThrownBy(() -> announcing(missing, announced).run()).hasMessageContaining("income");
    assertThat(announced).isEmpty();
    announcing(settings("train.epochs = 1"), announced).run();
    assertThat(announced).containsExactly("announced");
  }

  private static TrainJob announcing(JobSettings settings, List<String> announced) {
    return new TrainJob(
        TestJobs.context(settings, "announced").announcing(() -> announced.add("announced")),
        TrainJob.Options.NONE,
        new TrainingListener() {});
  }

  @Test
  void parquetTableHasTheInputsOfTheSameCsvTable() throws IOException {
    csv("train.csv", 600);
    Path test = csv("test.csv", 50);
    TestJobs.train(settings("train.epochs = 1"), "model").run();
    TestJobs.predict(settings(), "of-csv", "model").run();
    SparkSession spark = LocalSpark.session();
    spark
        .read()
        .option("header", true)
        .option("nullValue", "NA")
        .schema(
            "account string, opened date, plan string, country string, auto_renew boolean, trial"
                + " boolean, last_seen timestamp_ntz, revenue double, error_rate double, logins"
                + " int, discount double, note string, churned int")
        .csv(test.toString())
        .repartition(3)
        .write()
        .parquet(folder.resolve("test.parquet").toString());
    JobSettings parquet =
        settings(
            "data.format = parquet", "data.test.path=\"" + folder.resolve("test.parquet") + "\"");
    TestJobs.predict(parquet, "of-parquet", "model").run();
    assertThat(fingerprint("of-parquet")).isEqualTo(fingerprint("of-csv"));
  }

  private String fingerprint(String run) {
    return ConfigFactory.parseFile(folder.resolve("runs/" + run + "/run.json").toFile())
        .getString("data.test.fingerprint");
  }
}
