package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.registry.Cause;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.VersionReference;
import io.meanfield.store.RunId;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that name a version of a registered model, and the reproduction of a version. */
class RegisteredModelIT {
  @TempDir private static Path folder;

  /** Trains a version and its child, and promotes both. */
  @BeforeAll
  static void trainTwoVersions() throws IOException {
    writeRows("train.csv", 48);
    writeRows("test.csv", 12);
    trainAndRegister("monday", Optional.empty());
    promote(1);
    trainAndRegister("tuesday", Optional.of("kinds@champion"));
    promote(2);
  }

  private static void writeRows(String file, int rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("size,colour,kind"));
    IntStream.range(0, rows)
        .mapToObj(i -> i % 7 + "," + List.of("red", "blue").get(i % 2) + "," + i % 3)
        .forEach(lines::add);
    Files.write(folder.resolve(file), lines);
  }

  private static JobSettings settings() {
    return JobSettings.load(
        List.of(),
        List.of(
            "run.page=none",
            "run.directory=\"" + folder.resolve("runs") + "\"",
            "registry.directory=\"" + folder.resolve("models") + "\"",
            "data { format = csv, columns { label = kind, categorical = [colour] } }",
            "data.train.path=\"" + folder.resolve("train.csv") + "\"",
            "data.test.path=\"" + folder.resolve("test.csv") + "\"",
            "network.layers=[{ dense = 4, activation = relu }, { dense = 3, activation = softmax"
                + " }]",
            "train { epochs = 2, batch-size = 4 }"));
  }

  /** Returns settings that locate runs and models, and name no data. */
  private static JobSettings locations() {
    return JobSettings.load(
        List.of(),
        List.of(
            "run.page=none",
            "run.directory=\"" + folder.resolve("runs") + "\"",
            "registry.directory=\"" + folder.resolve("models") + "\""));
  }

  private static ModelCatalog catalog() {
    return TestJobs.context(settings(), "any").catalog();
  }

  private static RegisteredModel model() {
    return catalog().registry().model("kinds");
  }

  private static ModelVersion trainAndRegister(String run, Optional<String> from) {
    TestJobs.train(settings(), run, new TrainJob.Options(false, from)).run();
    return model()
        .register(NewVersion.of("kinds", catalog().runs().find(new RunId(run)).orElseThrow()));
  }

  private static void promote(int version) {
    Cause cause = new Cause("ann", "better", Optional.empty());
    model().promote(version, model().history().champion(), cause);
  }

  private static Outcome reproduce(String version, String run) {
    return new ReproduceJob(TestJobs.context(locations(), run), VersionReference.parse(version))
        .run(new TrainingListener() {});
  }

  private static Row firstRow(String run, String table) {
    return LocalSpark.session()
        .read()
        .parquet(folder + "/runs/" + run + "/tables/" + table)
        .first();
  }

  @Test
  void evaluationOfTheChampionNamesItsRunAndVersion() {
    JobSettings settings = settings();
    TestJobs.evaluate(settings, "test", "kinds@champion").run();
    Row evaluation = firstRow("test", "evaluation");
    assertThat(evaluation.<String>getAs("model_run_id")).isEqualTo("tuesday");
    assertThat(evaluation.<Integer>getAs("model_version")).isEqualTo(2);
    assertThat(firstRow("test", "predictions").<Integer>getAs("model_version")).isEqualTo(2);
    TestJobs.evaluate(settings, "test-of-a-run", "monday").run();
    Row ofRun = firstRow("test-of-a-run", "evaluation");
    assertThat(ofRun.isNullAt(ofRun.fieldIndex("model_version"))).isTrue();
  }

  @Test
  void versionIsReproducedFromItsManifestAndItsParentAlone() {
    ModelVersion child = model().version(2).orElseThrow();
    assertThat(child.parent()).contains(1);
    assertThat(child.run().string("from")).contains("kinds@1");
    // It was trained from version 1, whatever the champion is now.
    Outcome outcome = reproduce("kinds@2", "again");
    assertThat(outcome.message())
        .isEqualTo(
            "kinds@2 is reproduced with equal bits, weights sha256 "
                + child.weightsSha256().orElseThrow());
  }

  @Test
  void otherDataAreNotTheVersion() throws IOException {
    ModelVersion version = model().version(1).orElseThrow();
    writeRows("train.csv", 49);
    assertThatThrownBy(() -> reproduce("kinds@1", "of-other-data"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXPECTATION_FAILED))
        .hasMessageMatching(
            "kinds@1 is not reproduced: data.train has the fingerprint \\S+, expected "
                + version.run().string("data.train.fingerprint").orElseThrow()
                + "; restore the examples that the version was trained on");
    assertThat(folder.resolve("runs/of-other-data")).doesNotExist();
    writeRows("train.csv", 48);
  }
}
