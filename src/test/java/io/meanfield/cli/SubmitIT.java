package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.Submit;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Calls scripts/submit as a user or a scheduler does: the packaged application in processes of its
 * own.
 */
class SubmitIT {
  @TempDir private static Path runs;

  private static Submit.Finished first;

  /** Two epochs over all digits. */
  private static String[] train(String id, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--conf",
                "jobs/mnist-train.conf",
                "--run-id",
                id,
                "--set",
                "train.epochs=2",
                "--set",
                "run.directory=" + quoted(runs)));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static Submit.Finished trainAgain(String id, String... more) throws Exception {
    return Submit.runShort("local[2]", train(id, more));
  }

  private static String quoted(Path path) {
    return "\"" + path + "\"";
  }

  private static Dataset<Row> table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(runs.resolve(run).resolve("tables").resolve(name).toString());
  }

  @BeforeAll
  static void trainOnce() throws Exception {
    first = trainAgain("first");
    assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
    assertThat(first.err()).isEmpty();
  }

  @Test
  void trainPrintsTheRunIdFirstAndWritesEveryEpochAndRound() {
    assertThat(first.out())
        .startsWith("run      first\n")
        .contains("epoch   2/2", ", checkpoints ");
    List<Row> epochs = table("first", "epochs").orderBy("epoch").collectAsList();
    assertThat(epochs).hasSize(2);
    for (Row epoch : epochs) {
      assertThat(epoch.<String>getAs("run_id")).isEqualTo("first");
      assertThat(epoch.<Long>getAs("examples")).isEqualTo(42_000);
      assertThat(epoch.<Double>getAs("validation_accuracy")).isBetween(0.8, 1.0);
    }
    assertThat(table("first", "epochs").where("best").count()).isEqualTo(1);
    // 21,000 examples of a worker are 329 minibatches, which are 7 rounds of 50.
    assertThat(table("first", "rounds").count()).isEqualTo(2 * 7 * 2);
    assertThat(
            table("first", "rounds")
                .where("compute_ms <= 0 or wait_ms < 0 or bytes_in < 0")
                .count())
        .isZero();
  }

  @Test
  void evaluationAgreesWithPlainDl4jAndBetweenItsTables() throws Exception {
    JobSettings settings =
        JobSettings.load(
            List.of(new LocalSettingsFile(Path.of("jobs/mnist-evaluate.conf"))),
            List.of("run.directory=" + quoted(runs)));
    TestJobs.evaluate(settings, "first-test", "first").run();
    Row evaluation = table("first-test", "evaluation").collectAsList().get(0);
    double accuracy = evaluation.getAs("accuracy");
    assertThat(accuracy).isEqualTo(plainDl4jAccuracy());
    assertThat(accuracy).isGreaterThan(0.9);
    assertThat(evaluation.<String>getAs("model_run_id")).isEqualTo("first");
    assertThat(evaluation.<Long>getAs("examples")).isEqualTo(10_000);
    assertThat(evaluation.<Double>getAs("roc_auc_macro")).isBetween(0.98, 1.0);
    assertThat(table("first-test", "confusion").count()).isEqualTo(100);
    assertThat(table("first-test", "confusion").groupBy().sum("count").first().getLong(0))
        .isEqualTo(10_000);
    assertThat(
            table("first-test", "evaluation_by_class").groupBy().sum("support").first().getLong(0))
        .isEqualTo(10_000);
    Dataset<Row> predictions = table("first-test", "predictions");
    assertThat(predictions.count()).isEqualTo(10_000);
    assertThat(predictions.where("actual = predicted").count())
        .isEqualTo(Math.round(accuracy * 10_000));
    assertThat(predictions.select("example_id").distinct().count()).isEqualTo(10_000);
    Row digit = predictions.where("example_id = 4523").first();
    assertThat(digit.<Integer>getAs("actual")).isEqualTo(8);
    assertThat(digit.<scala.collection.Seq<Float>>getAs("outputs").size()).isEqualTo(10);
  }

  /** Computes the accuracy without any class of Meanfield. */
  private static double plainDl4jAccuracy() throws IOException {
    MultiLayerNetwork net =
        ModelSerializer.restoreMultiLayerNetwork(runs.resolve("first/model.zip").toFile());
    byte[] images = Files.readAllBytes(Mnist.FOLDER.resolve("t10k-images-idx3-ubyte"));
    byte[] labels = Files.readAllBytes(Mnist.FOLDER.resolve("t10k-labels-idx1-ubyte"));
    float[] features = new float[10_000 * 784];
    for (int i = 0; i < features.length; i++) {
      features[i] = (images[16 + i] & 0xff) / 255f;
    }
    INDArray classes = net.output(Nd4j.create(features, new int[] {10_000, 784}, 'c')).argMax(1);
    int right = 0;
    for (int i = 0; i < 10_000; i++) {
      right += classes.getInt(i) == labels[8 + i] ? 1 : 0;
    }
    return right / 10_000.0;
  }

  @Test
  void rerunOfAFinishedRunPrintsItsMetricsAndPathsAsJsonAndChangesNoFile() throws Exception {
    Map<String, Long> before = files(runs.resolve("first"));
    Submit.Finished again = trainAgain("first", "--json");
    assertThat(again.exitCode()).as(again.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(again.out());
    assertThat(report.get("run_id").asText()).isEqualTo("first");
    assertThat(report.get("state").asText()).isEqualTo("succeeded");
    assertThat(report.get("weights_sha256").asText()).isEqualTo(first.weights());
    assertThat(report.get("metrics").get("train_loss").asDouble())
        .isEqualTo(table("first", "epochs").where("epoch = 2").first().<Double>getAs("train_loss"));
    assertThat(Path.of(report.get("paths").get("model").asText())).exists();
    assertThat(again.err()).contains("done     run first is finished already: trained 2 epochs: ");
    assertThat(files(runs.resolve("first"))).isEqualTo(before);
    JsonNode status =
        new ObjectMapper().readTree(runs.resolve("first").resolve("status.json").toFile());
    assertThat(status.get("metrics")).isEqualTo(report.get("metrics"));
  }

  private static Map<String, Long> files(Path folder) throws IOException {
    Map<String, Long> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        found.put(path + " of " + Files.size(path), Files.getLastModifiedTime(path).toMillis());
      }
    }
    return found;
  }

  @Test
  void badDataInsideATaskIsOneErrorMessage() throws Exception {
    byte[] labels = Files.readAllBytes(Mnist.FOLDER.resolve("train-labels-idx1-ubyte"));
    labels[8 + 1234] = 77;
    Path bad = Files.write(runs.resolve("bad-labels"), labels);
    trainAgain("bad", "--set", "data.train.labels=" + quoted(bad))
        .assertFailed(
            1,
            bad
                + " has label 77 for example 1234, expected 0 to 9, one for each output of the"
                + " network");
  }
}
