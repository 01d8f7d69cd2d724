package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.score.ModelSettings;
import io.meanfield.pipeline.settings.JobSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The params that change what fit reads and where it keeps its work. */
class FitParamsIT {
  private static final Dataset<Row> CLOUDS = Frames.clouds(300);

  @TempDir private Path folder;

  private static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier().setIdCol("id").setHiddenLayers(new int[] {8}).setMaxIter(3);
  }

  @Test
  void killedFitContinuesWithTheSameBits() throws Exception {
    MeanfieldClassifier classifier =
        classifier().setCheckpointDir(folder.toString()).setRunId("night");
    String weights = classifier().fit(CLOUDS).weightsSha256();
    assertThat(classifier.fit(CLOUDS).weightsSha256()).isEqualTo(weights);

    // The state of a run that was killed in its second job.
    Path run = folder.resolve("night");
    Files.delete(run.resolve("model.zip"));
    Files.delete(run.resolve("epochs/000003.json"));
    Files.delete(run.resolve("epochs/000002.json"));
    Files.delete(run.resolve("checkpoints/epoch-000003.state"));
    Files.writeString(
        run.resolve("status.json"),
        """
        {"state": "running", "started": "2020-01-01T00:00:00Z", "message": "running", "metrics": {}}
        """);
    Path first = run.resolve("epochs/000001.json");
    Object written = Files.getLastModifiedTime(first);
    assertThat(classifier.fit(CLOUDS).weightsSha256()).isEqualTo(weights);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);

    assertThatThrownBy(
            () -> classifier.copy(new org.apache.spark.ml.param.ParamMap()).setSeed(3).fit(CLOUDS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("settings.run.seed was 777, is 3")
        .hasMessageEndingWith("; set another runId");
  }

  @Test
  void commandsScoreTheRunOfAFitOnATableOfSpark() {
    classifier().setCheckpointDir(folder.toString()).setRunId("night").setMaxIter(9).fit(CLOUDS);
    Frames.clouds(120).createOrReplaceTempView("clouds");
    JobSettings settings =
        ModelSettings.of(List.of(), List.of("run.directory = \"" + folder + "\""))
            .load(new Configuration(), "night", List.of("clouds"));
    assertThat(TestJobs.evaluate(settings, "test", "night").run().result().metrics())
        .hasEntrySatisfying("accuracy", accuracy -> assertThat(accuracy).isGreaterThan(0.5));
  }

  @Test
  void markedRowsAreForValidation() {
    // Validation rows with wrong labels: the best epoch is the first, so training stops early.
    Dataset<Row> marked =
        CLOUDS
            .withColumn("held", functions.expr("id % 5 = 0"))
            .withColumn("label", functions.expr("if(held, (label + 1) % 3, label)"));
    MeanfieldClassifier classifier = classifier().setStepSize(0.05).setBatchSize(10);
    String first =
        classifier.setMaxIter(1).setValidationIndicatorCol("held").fit(marked).weightsSha256();
    String stopped =
        classifier.setMaxIter(9).setNumEarlyStoppingRounds(2).fit(marked).weightsSha256();
    assertThat(stopped).isEqualTo(first);
  }

  @Test
  void everyErrorNamesParamAndColumn() {
    assertThatThrownBy(() -> classifier().setFeaturesCol("x").fit(CLOUDS))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "featuresCol names the column x, which the DataFrame does not have; its columns are id,"
                + " features, label");
    assertThatThrownBy(
            () -> classifier().fit(CLOUDS.withColumn("label", functions.expr("nullif(label, 1)"))))
        .hasMessage(
            """
            the DataFrame, id 1015: column label has no value, expected a label
            the DataFrame, id 1036: column label has no value, expected a label
            the DataFrame, id 1057: column label has no value, expected a label
            the DataFrame, id 1078: column label has no value, expected a label
            the DataFrame, id 1099: column label has no value, expected a label
            and 95 more rows of the DataFrame are wrong; correct the data, or leave such rows out \
            with data.bad-rows = skip in param network\
            """);
    assertThatThrownBy(
            () ->
                classifier()
                    .setIdCol("")
                    .fit(CLOUDS.withColumn("label", functions.expr("double('NaN')"))))
        .hasMessage(
            """
            the DataFrame: column label has no value, expected a label
            and 299 more rows of the DataFrame are wrong; correct the data, or leave such rows out \
            with data.bad-rows = skip in param network\
            """);
    assertThatThrownBy(() -> classifier().fit(CLOUDS.limit(0)))
        .hasMessage("the DataFrame has no rows");
    assertThatThrownBy(() -> classifier().fit(CLOUDS.withColumn("label", functions.array("label"))))
        .hasMessage(
            "labelCol names the column label of type array<int>, expected numbers, strings or"
                + " booleans; cast it");
    assertThatThrownBy(
            () ->
                new MeanfieldRegressor().fit(CLOUDS.withColumn("label", functions.array("label"))))
        .hasMessage(
            "labelCol names the column label of type array<int>, expected numbers, or texts of"
                + " numbers; cast it, or let a MeanfieldClassifier predict its values as classes");
    assertThatThrownBy(() -> classifier().setIdCol("key").fit(CLOUDS))
        .hasMessage(
            "idCol names the column key, which the DataFrame does not have; its columns are id,"
                + " features, label");
    assertThatThrownBy(() -> classifier().setNetwork("network.loss = mse").fit(CLOUDS))
        .hasMessage(
            "a classifier needs network.loss = categorical_crossentropy or binary_crossentropy,"
                + " which give probabilities, found mse in param network");
    assertThatThrownBy(() -> classifier().setRunId("night").fit(CLOUDS))
        .hasMessage("runId is set without checkpointDir; set both to keep checkpoints, or none");
    assertThatThrownBy(
            () -> classifier().setNetwork("network.layers = [{ dense = 3 }]").fit(CLOUDS))
        .hasMessage("hiddenLayers is set, and param network sets network.layers; set one of them");
    assertThatThrownBy(() -> classifier().setNetwork("data.columns.scale = standard").fit(CLOUDS))
        .hasMessage(
            "param network sets data.columns.scale without featuresCols; the values of featuresCol"
                + " are inputs as they are, so name the columns in featuresCols, or leave it out");
    assertThatThrownBy(() -> classifier().setNetwork("data.columns.label = y").fit(CLOUDS))
        .hasMessageStartingWith(
            "param network cannot set data.columns.label; leave it out, or use");
    assertThatThrownBy(() -> classifier().setNetwork("train.epoch = 3").fit(CLOUDS))
        .hasMessageContaining("train.epoch")
        .hasMessageContaining("param network");
    assertThatThrownBy(
            () ->
                classifier()
                    .setValidationIndicatorCol("held")
                    .fit(CLOUDS.withColumn("held", functions.lit(false))))
        .hasMessage("the DataFrame where held is true has no rows");
    assertThatThrownBy(
            () ->
                classifier()
                    .setValidationIndicatorCol("held")
                    .fit(CLOUDS.withColumn("held", functions.lit(true))))
        .hasMessage("the DataFrame where held is false has no rows");
    assertThatThrownBy(
            () ->
                classifier()
                    .setValidationIndicatorCol("held")
                    .fit(CLOUDS.withColumn("held", functions.expr("nullif(id % 2 = 0, id = 14)"))))
        .hasMessage(
            "validationIndicatorCol names the column held, which has no value in some rows;"
                + " expected true or false");
    assertThatThrownBy(
            () ->
                classifier()
                    .setValidationIndicatorCol("held")
                    .fit(CLOUDS.withColumn("held", functions.lit("test"))))
        .hasMessage(
            "validationIndicatorCol names the column held of type string, expected true or false");
  }
}
