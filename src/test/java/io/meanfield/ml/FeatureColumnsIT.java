package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of all types, preprocessed by the estimator and again by its model. */
class FeatureColumnsIT {
  private static final String[] FEATURES = {
    "revenue", "visits", "active", "since", "seen", "local", "plan", "shop", "profile"
  };

  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  @TempDir private static Path folder;
  private static String partitions;
  private static Dataset<Row> table;
  private static MeanfieldClassificationModel model;

  /** Numbers of very different sizes with gaps, times, truth values, strings and an array. */
  private static Dataset<Row> table(int rows) {
    return LocalSpark.session()
        .range(rows)
        .selectExpr(
            "id * 3 as id",
            "if(id % 9 = 0, null, if(id % 11 = 0, double('NaN'), exp(id % 14))) as revenue",
            "if(id % 5 = 0, null, cast(id % 30 as int)) as visits",
            "if(id % 8 = 0, null, id % 3 = 0) as active",
            "if(id % 13 = 0, null, date_add(date '2020-01-01', cast(id * 7 % 900 as int))) as"
                + " since",
            "timestamp_seconds(1.6e9 + id * 3607.5) as seen",
            "timestamp_ntz '2021-03-04 05:06:07' + make_dt_interval(cast(id % 50 as int)) as local",
            "element_at(array('free', 'team', null, 'pro'), cast(id % 4 as int) + 1) as plan",
            "cast(id % 6 as int) as shop",
            "array(cast(id % 7 as double), 0.5) as profile",
            "cast(id % 4 = 1 or id % 3 = 0 as int) as label")
        .coalesce(2);
  }

  private static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier()
        .setIdCol("id")
        .setFeaturesCols(FEATURES)
        .setCategoricalCols(new String[] {"shop"})
        .setHiddenLayers(new int[] {8})
        .setBatchSize(10)
        .setStepSize(0.02)
        .setMaxIter(4);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeAll
  static void train() {
    RuntimeConfig conf = LocalSpark.session().conf();
    partitions = conf.get(PARTITIONS);
    conf.set(PARTITIONS, "2"); // small tables
    table(300).write().parquet(path("table"));
    table = LocalSpark.session().read().parquet(path("table")).cache();
    model = classifier().fit(table);
  }

  @AfterAll
  static void restorePartitions() {
    LocalSpark.session().conf().set(PARTITIONS, partitions);
  }

  // The same rows, the defaults of the settings, and the same seed: the command's weights.
  @Test
  void weightsEqualThoseOfTheCommandTrain() {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "run.directory=\"" + folder + "\"",
                "data { format = parquet, train.path = \"" + path("table") + "\" }",
                "data.columns { id = id, label = label, categorical = [shop, plan] }",
                "data.columns.features = [revenue, visits, active, since, seen, local, profile]",
                "train { epochs = 4, batch-size = 10 }",
                "network.hidden-layers = [{ dense = 8, activation = relu }]",
                "network.optimizer.learning-rate = 0.02"));
    String trained = TestJobs.train(settings, "command").run().result().weightsSha256().get();
    assertThat(model.weightsSha256()).isEqualTo(trained);
    assertThat(classifier().fit(table.repartition(3)).weightsSha256()).isEqualTo(trained);
    // Gaps and skew, the times' cyclic parts, and a place for unknown strings are inputs, too.
    assertThat(model.numFeatures()).isEqualTo(2 + 2 + 2 + 6 + 7 + 7 + 2 + (3 + 1) + (6 + 1));
  }

  @Test
  void savedPipelineScoresUnknownAndMissingValuesAsTheFittedModel() throws Exception {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {classifier()});
    pipeline.write().save(path("pipeline"));
    PipelineModel fitted = Pipeline.load(path("pipeline")).fit(table);
    fitted.write().save(path("model"));
    Dataset<Row> fresh =
        table
            .drop("label")
            .selectExpr(
                "id",
                "cast(null as double) revenue",
                "double('NaN') visits",
                "active",
                "cast(null as date) since",
                "seen",
                "local",
                "if(id % 2 = 0, 'unheard', null) plan",
                "shop + id shop",
                "profile");
    List<Row> scored = PipelineModel.load(path("model")).transform(fresh).collectAsList();
    assertThat(scored).hasSize(300).isEqualTo(model.transform(fresh).collectAsList());
    assertThat(model.transform(table).select("prediction").distinct().count()).isEqualTo(2);
  }

  @Test
  void encodersAreFittedToTrainingRowsOnly() {
    Dataset<Row> marked =
        table.selectExpr(
            "id",
            "if(id % 4 = 0, 1e9, revenue) as revenue",
            "if(id % 4 = 0, 'only here', plan) as plan",
            "label",
            "id % 4 = 0 as held");
    MeanfieldClassifier classifier =
        classifier()
            .setFeaturesCols(new String[] {"revenue", "plan"})
            .setCategoricalCols(new String[0])
            .setMaxIter(1);
    String trainingOnly =
        classifier
            .copy(new ParamMap())
            .setNetwork("data.validation-fraction = 0")
            .fit(marked.where("not held"))
            .weightsSha256();
    assertThat(classifier.setValidationIndicatorCol("held").fit(marked).weightsSha256())
        .isEqualTo(trainingOnly);
  }

  @Test
  void paramsAndSettingsChangeThePreprocessing() {
    MeanfieldClassifier classifier = classifier().setMaxIter(1);
    MeanfieldClassificationModel plain =
        classifier
            .setFeaturesCols(new String[] {"seen", "shop"})
            .setScale("none")
            .setImpute("refuse")
            .setHandleInvalid("error")
            .setEmbedAbove(4)
            .setEmbeddingSize(3)
            .setNetwork("data.columns { log = none, dates.categorical = false }")
            .fit(table);
    // The time and its three circles, and the index of the shop.
    assertThat(plain.numFeatures()).isEqualTo(1 + 6 + 1);
    assertThatThrownBy(
            () -> plain.transform(table.selectExpr("id", "seen", "9 as shop")).collectAsList())
        .hasMessageContaining(
            "the DataFrame: column shop is \"9\", which is none of the 6 values in training");
    MeanfieldClassificationModel renamed = plain.copy(new ParamMap());
    renamed.setFeaturesCols(new String[] {"seen", "plan"});
    assertThatThrownBy(() -> renamed.transform(table))
        .hasMessage(
            "featuresCols names the columns plan, seen, but the model was trained on seen, shop;"
                + " rename the columns of the DataFrame");
    assertThatThrownBy(() -> plain.transform(table.withColumn("seen", table.col("visits"))))
        .hasMessage(
            "the DataFrame has int in column seen, expected an ISO 8601 timestamp such as"
                + " 2026-01-31T08:15:00Z as in the training data");
    assertThatThrownBy(
            () -> classifier.setFeaturesCols(new String[] {"visits", "plan", "shop"}).fit(table))
        .hasMessageStartingWith(
            """
            the DataFrame, id 0: column visits has no value, expected a finite number
            the DataFrame, id 102: column plan has no value, expected a category, or \
            handleInvalid = keep
            """);
  }

  // Without ids: rows that differ only in which value is missing are different rows.
  @Test
  void orderOfRowsWithGapsDoesNotChangeTheWeights() {
    Dataset<Row> gaps =
        table.selectExpr(
            "if(id % 2 = 0, null, double(id % 5)) as a",
            "if(id % 2 = 0, double(id % 5), null) as b", "label");
    MeanfieldClassifier classifier =
        classifier()
            .setIdCol("")
            .setFeaturesCols(new String[] {"a", "b"})
            .setCategoricalCols(new String[0])
            .setMaxIter(1);
    String weights = classifier.fit(gaps.orderBy("a")).weightsSha256();
    assertThat(classifier.fit(gaps.orderBy("b")).weightsSha256()).isEqualTo(weights);
  }
}
