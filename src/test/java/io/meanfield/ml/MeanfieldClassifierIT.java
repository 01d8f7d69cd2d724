package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.TestJobs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeanfieldClassifierIT {
  @TempDir private static Path folder;

  static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier()
        .setIdCol("id")
        .setHiddenLayers(new int[] {16})
        .setBatchSize(64)
        .setMaxIter(8);
  }

  static double accuracy(Dataset<Row> scored) {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(scored);
  }

  @Test
  void threeCloudsAreSeparated() {
    MeanfieldClassificationModel model = classifier().setStepSize(0.01).fit(Frames.clouds(1000));
    assertThat(model.numClasses()).isEqualTo(3);
    assertThat(model.numFeatures()).isEqualTo(2);
    assertThat(accuracy(model.transform(Frames.clouds(1000)))).isGreaterThan(0.99);
  }

  @Test
  void digitsAreRecognised() {
    MeanfieldClassificationModel model =
        new MeanfieldClassifier().setIdCol("id").setMaxIter(10).fit(Frames.digits(6000));
    assertThat(accuracy(model.transform(Frames.testDigits(1000)))).isGreaterThan(0.85);
  }

  @Test
  void transformKeepsColumnsAndAddsThoseOfSparksClassifiers() {
    MeanfieldClassificationModel model = classifier().fit(Frames.clouds(1000));
    Dataset<Row> frame = Frames.clouds(1000).withColumn("note", functions.lit("kept"));
    Dataset<Row> scored = model.transform(frame);
    assertThat(scored.columns())
        .containsExactly(
            "id", "features", "label", "note", "prediction", "rawPrediction", "probability");
    assertThat(scored.schema()).isEqualTo(model.transformSchema(frame.schema()));
    Row first = scored.orderBy("id").first();
    assertThat(first.<String>getAs("note")).isEqualTo("kept");
    Vector features = first.getAs("features");
    Vector probability = first.getAs("probability");
    assertThat(probability).isEqualTo(model.predictProbability(features));
    assertThat(Arrays.stream(probability.toArray()).sum()).isBetween(0.9999, 1.0001);
    assertThat(first.<Double>getAs("prediction")).isEqualTo(model.predict(features));
  }

  // The same rows as a Parquet file, the same settings and seed: the command's weights.
  @Test
  void weightsEqualThoseOfTheCommandTrain() {
    Dataset<Row> digits = Frames.digits(1000);
    String path = folder.resolve("digits").toString();
    digits
        .withColumn(
            "features",
            org.apache.spark.ml.functions.vector_to_array(functions.col("features"), "float64"))
        .write()
        .parquet(path);
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "run.directory=\"" + folder + "\"",
                "data { format = parquet, train.path = \"" + path + "\" }",
                "data.columns { id = id, features = [features], label = label }",
                "data.columns { scale = none, log = none, impute = refuse, handle-unknown = error"
                    + " }",
                "train { epochs = 3, batch-size = 20, workers = 3, sync-frequency = 7 }",
                "run.seed = 11"));
    String trained = TestJobs.train(settings, "command").run().result().weightsSha256().get();

    MeanfieldClassifier classifier =
        new MeanfieldClassifier()
            .setIdCol("id")
            .setMaxIter(3)
            .setBatchSize(20)
            .setNumWorkers(3)
            .setSeed(11)
            .setNetwork("train.sync-frequency = 7");
    assertThat(classifier.fit(digits.repartition(5)).weightsSha256()).isEqualTo(trained);
    assertThat(classifier.setSeed(12).fit(digits).weightsSha256()).isNotEqualTo(trained);
  }

  @Test
  void withoutIdsTheOrderOfRowsDoesNotChangeTheWeights() {
    Dataset<Row> rows = Frames.clouds(1000).drop("id");
    Dataset<Row> repeated = rows.union(rows.limit(200)).cache();
    MeanfieldClassifier classifier =
        new MeanfieldClassifier().setHiddenLayers(new int[] {8}).setMaxIter(2);
    RuntimeConfig conf = LocalSpark.session().conf();
    String partitions = conf.get("spark.sql.shuffle.partitions");
    String weights = classifier.fit(repeated).weightsSha256();
    conf.set("spark.sql.shuffle.partitions", "3");
    assertThat(classifier.fit(repeated.repartition(7)).weightsSha256()).isEqualTo(weights);
    assertThat(classifier.fit(repeated.orderBy("label").coalesce(1)).weightsSha256())
        .isEqualTo(weights);
    conf.set("spark.sql.shuffle.partitions", partitions);
  }
}
