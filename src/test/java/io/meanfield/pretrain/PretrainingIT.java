package io.meanfield.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.TestJobs;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.ParameterLayout;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pretrain.PretrainSettings.Method;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pre-trains two layers on the first 1,000 digits. */
@Tag("cluster")
@Tag("promise")
class PretrainingIT {
  private static final JobSettings SETTINGS =
      JobSettings.load(
          List.of(),
          List.of(
              "network.input = [784]",
              "network.layers = [ { dense = 32, activation = sigmoid },"
                  + " { dense = 16, activation = sigmoid }, { dense = 10, activation = softmax } ]",
              "train { workers = 3, batch-size = 20 }"));

  @TempDir private Path folder;

  private static LearnerState pretrained(SparkSession spark, Method method, Placement placement) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Dataset digits = Mnist.first(1_000).open(ReadContext.of(context, 10));
    Split split = Split.of(digits.count(), 0.3, 3, 1);
    int groupSize = placement.shardsPerGroup(SETTINGS.train());
    Sharding sharding = TestSharding.of(digits, split, groupSize);
    TrainingData data =
        new TrainingData(
            split, sharding.training(), sharding.validation(), ClassWeights.UNIFORM, placement);
    return new Pretraining(new PretrainSettings(method, 2), SETTINGS.train(), 1, data)
        .run(SETTINGS.network(), start());
  }

  private static LearnerState start() {
    return Model.untrained(SETTINGS.network(), 1).state();
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"RBM", "AUTOENCODER"})
  void bitsDoNotDependOnCoresOrPlacement(Method method) throws IOException {
    float[] expected =
        pretrained(LocalSpark.session(), method, Placement.TASK_FOR_EACH_GROUP).weights();
    try (SparkSession one = LocalSpark.on("local[1]", Map.of())) {
      assertThat(pretrained(one, method, new Placement(2)).weights()).isEqualTo(expected);
    }
  }

  @Test
  void lastLayerKeepsItsWeights() {
    float[] weights = pretrained(LocalSpark.session(), Method.RBM, new Placement(2)).weights();
    int last = ParameterLayout.of(SETTINGS.network()).range(2).start();
    float[] before = start().weights();
    assertThat(Arrays.copyOfRange(weights, last, weights.length))
        .isEqualTo(Arrays.copyOfRange(before, last, weights.length));
    assertThat(Arrays.copyOf(weights, last)).isNotEqualTo(Arrays.copyOf(before, last));
  }

  private JobSettings job(String pretrain) {
    return JobSettings.load(
        List.of(),
        List.of(
            "run.directory = \"" + folder + "\"",
            "data { format = idx, validation-fraction = 0.3 }",
            Mnist.setting("train", Mnist.first(1_000)),
            "network.layers = [ { dense = 32, activation = sigmoid },"
                + " { dense = 10, activation = softmax } ]",
            "train { epochs = 1, workers = 2, batch-size = 20 }",
            pretrain));
  }

  @Test
  void runRecordsTheScoresOfEachEpoch() {
    TestJobs.train(job("pretrain { method = rbm, epochs = 3 }"), "rbm").run();
    List<Row> rows =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve("rbm/tables/pretraining").toString())
            .orderBy("epoch")
            .collectAsList();
    assertThat(rows).extracting(row -> row.<Integer>getAs("epoch")).containsExactly(1, 2, 3);
    for (String column :
        List.of("validation_free_energy", "reconstruction_error", "validation_pseudo_likelihood")) {
      assertThat(rows).extracting(row -> row.<Double>getAs(column)).doesNotContainNull();
    }
    double before = rows.get(0).getAs("validation_pseudo_likelihood");
    double after = rows.get(2).getAs("validation_pseudo_likelihood");
    assertThat(after).isGreaterThan(before);
  }

  @Test
  void inputsOutsideOfZeroToOneAreRefused() throws IOException {
    Path table = Files.write(folder.resolve("t.csv"), List.of("a,b", "1,0", "3,1", "1,1", "2,0"));
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "run.directory = \"" + folder + "\"",
                "data { format = csv, validation-fraction = 0, train.path = \"" + table + "\" }",
                "data.columns { label = b, scale = none, log = none, impute = refuse }",
                "network.layers = [ { dense = 2, activation = sigmoid },"
                    + " { dense = 1, activation = sigmoid } ]",
                "network.loss = binary_crossentropy",
                "pretrain.method = autoencoder",
                "train { epochs = 1, workers = 1 }"));
    Throwable failure = catchThrowable(() -> TestJobs.train(settings, "table").run());
    assertThat(UserException.in(failure).orElseThrow())
        .hasMessageMatching(
            "expected numbers from 0 to 1, because pretrain.method is set, found [23]\\.0 in"
                + " example .*; set pretrain\\.method = none");
  }
}
