package io.meanfield.ml;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringIT {
  private static MeanfieldClassificationModel model;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    model =
        new MeanfieldClassifier()
            .setIdCol("id")
            .setHiddenLayers(new int[] {8})
            .setMaxIter(2)
            .fit(Frames.clouds(300));
  }

  @Test
  void streamIsScoredAsTheSameRowsOfATable() throws Exception {
    Dataset<Row> rows = Frames.clouds(300);
    rows.write().parquet(folder.resolve("in").toString());
    Dataset<Row> stream =
        LocalSpark.session()
            .readStream()
            .schema(rows.schema())
            .parquet(folder.resolve("in").toString());
    StreamingQuery query =
        model
            .transform(stream)
            .writeStream()
            .format("memory")
            .queryName("scored")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(LocalSpark.session().table("scored").orderBy("id").collectAsList())
        .hasSize(300)
        .isEqualTo(model.transform(rows).orderBy("id").collectAsList());
  }

  @Test
  void batchSizeDoesNotChangePredictions() {
    Dataset<Row> rows = Frames.clouds(300).coalesce(1);
    List<Row> expected = model.transform(rows).select("id", "prediction").collectAsList();
    MeanfieldClassificationModel small =
        model.copy(new org.apache.spark.ml.param.ParamMap()).setInferBatchSize(7);
    assertThat(small.transform(rows).select("id", "prediction").collectAsList())
        .hasSize(300)
        .isEqualTo(expected);
  }

  @Test
  void threadsShareAModel() throws Exception {
    List<Vector> points =
        IntStream.range(0, 200).mapToObj(i -> Vectors.dense(i % 5, i % 7)).toList();
    List<Double> expected = points.stream().map(model::predict).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<Double>> predictions = () -> points.stream().map(model::predict).toList();
      for (Future<List<Double>> found :
          threads.invokeAll(List.of(predictions, predictions, predictions, predictions))) {
        assertThat(found.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void chosenThresholdDecidesInTransformAndPredictUnlessThresholdsAreSet() throws Exception {
    Dataset<Row> rows = Frames.clouds(300).withColumn("label", expr("if(label = 2, 1, 0)"));
    MeanfieldClassificationModel rare =
        new MeanfieldClassifier()
            .setIdCol("id")
            .setHiddenLayers(new int[] {8})
            .setMaxIter(1)
            .setNetwork("train.threshold { recall = 1 }")
            .fit(rows);
    rare.write().save(folder.resolve("rare").toString());
    MeanfieldClassificationModel loaded =
        MeanfieldClassificationModel.load(folder.resolve("rare").toString());
    float threshold = loaded.trained().threshold().value();
    assertThat(loaded.trained().threshold().isSet()).isTrue();
    for (Row row : loaded.transform(rows).collectAsList()) {
      double expected = row.<Vector>getAs("probability").apply(1) >= threshold ? 1 : 0;
      assertThat(row.<Double>getAs("prediction")).isEqualTo(expected);
      assertThat(loaded.predict(row.<Vector>getAs("features"))).isEqualTo(expected);
    }
    loaded.setThresholds(new double[] {1, 1});
    for (Row row : loaded.transform(rows).collectAsList()) {
      assertThat(row.<Double>getAs("prediction"))
          .isEqualTo(row.<Vector>getAs("probability").argmax());
    }
  }
}
