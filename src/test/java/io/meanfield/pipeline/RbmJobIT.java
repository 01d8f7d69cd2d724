package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.LocalSpark;
import io.meanfield.Mnist;
import io.meanfield.error.UserException;
import io.meanfield.export.ExportFormat;
import io.meanfield.report.CaptionedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains a restricted Boltzmann machine on images without labels, and uses its model. */
class RbmJobIT {
  private static final int EPOCHS = 2;

  @TempDir private static Path folder;

  private static JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "data { format = idx, validation-fraction = 0.2 }",
                "data.train.images = \"" + Mnist.first(1000).images() + "\"",
                "data.test { images = \""
                    + Mnist.slice(2000, 300).images()
                    + "\", labels = \""
                    + Mnist.slice(2000, 300).labels().orElseThrow()
                    + "\" }",
                "network.layers = [ { rbm = 8, algorithm = pcd } ]",
                "network.loss = contrastive_divergence",
                "train { workers = 2, batch-size = 50, epochs = " + EPOCHS + " }"));
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  @BeforeAll
  static void train() {
    assertThat(TestJobs.train(settings(), "machine").run().message())
        .startsWith("trained 2 epochs: training loss 0.")
        .contains(", validation loss 0.")
        .doesNotContain("accuracy");
  }

  private static List<Row> table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve("runs/" + run + "/tables/" + name).toString())
        .collectAsList();
  }

  @Test
  void epochsHaveTheScoresOfTheMachine() {
    List<Row> epochs = table("machine", "epochs");
    assertThat(epochs).hasSize(EPOCHS);
    for (Row epoch : epochs) {
      for (String column :
          List.of(
              "free_energy",
              "validation_free_energy",
              "reconstruction_error",
              "validation_reconstruction_error",
              "pseudo_likelihood",
              "validation_pseudo_likelihood")) {
        assertThat(epoch.<Double>getAs(column)).as(column).isNotNull().isFinite();
      }
      assertThat(epoch.<Double>getAs("validation_loss"))
          .isEqualTo(epoch.<Double>getAs("validation_reconstruction_error"));
      assertThat(epoch.<Object>getAs("train_accuracy")).isNull();
      assertThat(epoch.<Object>getAs("pretrained_layer")).isNull();
    }
  }

  @Test
  void predictWritesTheProbabilitiesOfTheHiddenUnits() {
    TestJobs.predict(settings(), "features", "machine").run();
    List<Row> rows = table("features", "predictions");
    assertThat(rows).hasSize(300);
    for (Row row : rows) {
      assertThat(row.<Float>getList(row.fieldIndex("outputs")))
          .hasSize(8)
          .allMatch(probability -> probability >= 0 && probability <= 1);
    }
  }

  @Test
  void evaluateRefusesAModelWithoutOutputsForLabels() {
    assertThatThrownBy(() -> TestJobs.evaluate(settings(), "scores", "machine").run())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "machine ends with a restricted Boltzmann machine, which predicts no labels or targets;"
                + " expected a model whose last layer is dense");
  }

  @Test
  void metricsOfTargetsAreNotMonitored() {
    assertThatThrownBy(
            () -> TestJobs.train(settings("train.early-stopping.monitor = mse"), "monitored").run())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "train.early-stopping.monitor is mse, but the network ends with a restricted Boltzmann"
                + " machine, which predicts no labels or targets; monitor the loss");
    assertThat(folder.resolve("runs/monitored")).doesNotExist();
  }

  private static Outcome export(ExportFormat format) {
    String out = folder.resolve("machine." + format).toString();
    return new ExportJob(
            TestJobs.context(settings(), "export-" + format),
            new ExportJob.Options("machine", format, out, true))
        .export();
  }

  @Test
  void boltzmannMachineExportsAsNpzOnly() {
    assertThatThrownBy(() -> export(ExportFormat.ONNX))
        .hasMessage(
            "machine ends with a restricted Boltzmann machine, which onnx has no layer for; choose"
                + " --format npz");
    assertThatThrownBy(() -> export(ExportFormat.DL4J))
        .hasMessage(
            "machine ends with a restricted Boltzmann machine, which dl4j has no layer for; choose"
                + " --format npz");
    assertThat(export(ExportFormat.NPZ).message()).startsWith("exported machine as npz;");
  }

  private static RbmPictures pictures(String model) {
    return new RbmPictures(new Configuration(), settings(), model);
  }

  @Test
  void showDrawsSamplesAndHiddenUnits() {
    List<CaptionedImage> samples = pictures("machine").samples(2).images();
    assertThat(samples)
        .extracting(CaptionedImage::caption)
        .containsExactly(List.of("sample 0"), List.of("sample 1"));
    assertThat(samples.get(0).image().pixels()).hasSize(28 * 28);
    assertThat(pictures("machine").samples(1).images().get(0).image().pixels())
        .isEqualTo(samples.get(0).image().pixels());
    assertThat(pictures("machine").receptiveFields(8).images()).hasSize(8);
    assertThatThrownBy(() -> pictures("machine").receptiveFields(9))
        .hasMessage("expected 1 to 8 hidden units to show at once, found 9");
    assertThatThrownBy(() -> pictures("machine").samples(0))
        .hasMessage("expected 1 to 400 samples to show at once, found 0");
  }
}
