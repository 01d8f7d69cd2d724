package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.ml.MeanfieldRegressionModel;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.Cause;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.store.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads and continues the files of released versions; README.md beside them tells their origin. */
class ReleasedFilesIT {
  private static final Path RELEASES = Path.of("src/test/resources/releases");
  private static final double TOLERANCE = 1e-5; // docs/compatibility.md promises it

  @TempDir private Path folder;

  static List<Path> releases() throws IOException {
    try (Stream<Path> files = Files.list(RELEASES)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  /** Returns the settings of a release's job, whose runs and registry are copies. */
  private JobSettings settings(Path release, String... more) throws IOException {
    try (Stream<Path> files = Files.walk(release)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(release.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "registry.directory=\"" + folder.resolve("models") + "\""));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(new LocalSettingsFile(release.resolve("job.conf"))), all);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void runHalfWayIsContinuedAndExtendsTheHistoryOfTheRegistry(Path release) throws IOException {
    JobSettings settings = settings(release);
    Path second = Path.of("runs/half/epochs/000002.json");
    assertThat(TestJobs.train(settings, "half").run().message()).startsWith("trained 8 epochs");
    assertThat(folder.resolve(second)).hasSameBinaryContentAs(release.resolve(second));
    assertThat(TestJobs.table(folder.resolve("runs"), "half", "epochs").count()).isEqualTo(8);

    RegisteredModel kinds = TestJobs.context(settings, "any").catalog().registry().model("kinds");
    assertThat(kinds.history().champion()).hasValue(1);
    kinds.register(
        NewVersion.of(
            "kinds",
            TestJobs.context(settings, "any")
                .catalog()
                .runs()
                .find(new RunId("half"))
                .orElseThrow()));
    kinds.promote(2, kinds.history().champion(), new Cause("ann", "newer", Optional.empty()));
    assertThat(kinds.history().champion()).hasValue(2);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void modelAndChampionPredictTheSame(Path release) throws IOException {
    JobSettings settings = settings(release);
    List<Row> then = predictions(release.resolve("runs"), "test");
    for (String model : List.of("done", "kinds@champion")) {
      String run = "test-of-" + model.replace('@', '-');
      TestJobs.evaluate(settings, run, model).run();
      assertSame(then, predictions(folder.resolve("runs"), run), "probability");
    }
  }

  private static List<Row> predictions(Path runs, String run) {
    return TestJobs.table(runs, run, "predictions")
        .select("example_id", "probability")
        .orderBy("example_id")
        .collectAsList();
  }

  private static void assertSame(List<Row> then, List<Row> now, String column) {
    assertThat(now).hasSameSizeAs(then).isNotEmpty();
    for (int i = 0; i < now.size(); i++) {
      assertThat(now.get(i).get(0)).isEqualTo(then.get(i).get(0));
      assertThat(now.get(i).<Number>getAs(column).doubleValue())
          .isCloseTo(then.get(i).<Number>getAs(column).doubleValue(), within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void preparedDataAreTrainedOn(Path release) throws IOException {
    JobSettings settings =
        settings(
            release,
            "data { format = prepared, train.name = prepared, test.name = prepared }",
            "train.epochs = 1");
    assertThat(TestJobs.train(settings, "from-prepared").run().message())
        .startsWith("trained 1 epoch");
  }

  @ParameterizedTest
  @MethodSource("releases")
  void modelOfSparkMlPredictsTheSame(Path release) {
    Dataset<Row> rows =
        LocalSpark.session()
            .read()
            .option("header", true)
            .schema("id string, size double, colour string, seen date, kind string")
            .csv(release.resolve("train.csv").toString());
    Dataset<Row> now =
        MeanfieldRegressionModel.load(release.resolve("spark-ml").toString()).transform(rows);
    Dataset<Row> then =
        LocalSpark.session().read().parquet(release.resolve("spark-ml-predictions").toString());
    assertSame(
        then.orderBy("id").collectAsList(),
        now.select("id", "prediction").orderBy("id").collectAsList(),
        "prediction");
  }
}
