package io.meanfield.ml;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.pipeline.train.FitRecord;
import io.meanfield.store.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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

  // A block of 4 MiB has four rows of 2^18 inputs, the default of Spark's HashingTF.
  @Test
  void wideRowsAreScoredFourAtATime() {
    int width = 1 << 18;
    TrainedNetwork wide = untrained(width);
    MeanfieldClassificationModel scoring = new MeanfieldClassificationModel("wide").with(wide);
    List<Row> rows =
        IntStream.range(0, 10)
            .mapToObj(
                i -> RowFactory.create(Vectors.sparse(width, new int[] {i}, new double[] {9})))
            .toList();
    ListIterator<Row> unscored = rows.listIterator();
    Iterator<Row> scored =
        new BatchScoring(
                wide,
                LocalSpark.context().broadcast(wide.state()),
                new ScoringInputs(1, List.of(0)),
                new ClassColumns(
                    List.of(ClassColumns.Column.PROBABILITY), new double[0], wide.threshold()),
                4096)
            .call(unscored);
    List<Row> found = new ArrayList<>(List.of(scored.next()));
    assertThat(unscored.nextIndex()).isEqualTo(4);
    scored.forEachRemaining(found::add);
    assertThat(found)
        .allSatisfy(
            row ->
                assertThat(row.<Vector>getAs(1).apply(1))
                    .isCloseTo(scoring.predictProbability(row.getAs(0)).apply(1), within(1e-6)))
        .hasSize(10);
  }

  private static TrainedNetwork untrained(int width) {
    NetworkSettings network =
        new NetworkSettings(
            List.of(width),
            List.of(new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.01));
    return TrainedNetwork.of(
        Model.untrained(network, 1),
        new FrameEncoder(TableEncoder.ofNumbers(List.of("features")), List.of(width), false),
        new FitRecord(List.of(), 1, "loss", List.of(), Map.of(), Status.running(Instant.EPOCH)));
  }

  @Test
  void columnsOfOneNameAreKept() {
    Dataset<Row> rows =
        Frames.clouds(30)
            .withColumn("first", expr("id + 1"))
            .withColumn("second", expr("string(id)"))
            .toDF("id", "features", "label", "note", "note");
    Dataset<Row> scored = model.transform(rows);
    assertThat(scored.schema()).isEqualTo(model.transformSchema(rows.schema()));
    assertThat(scored.collectAsList())
        .hasSize(30)
        .allSatisfy(
            row -> {
              assertThat(row.getLong(3)).isEqualTo(row.getLong(0) + 1);
              assertThat(row.getString(4)).isEqualTo("" + row.getLong(0));
              assertThat(row.<Vector>getAs("features")).isEqualTo(row.get(1));
            });
    assertThatThrownBy(
            () -> model.transform(rows.toDF("id", "features", "label", "note", "features")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "featuresCol names the column features, which the DataFrame has 2 times; rename all but"
                + " one of them");
  }

  @Test
  void streamCannotBeEvaluated() {
    Dataset<Row> stream =
        LocalSpark.session()
            .readStream()
            .format("rate")
            .load()
            .selectExpr("array(value, 1) features", "0 label");
    assertThatThrownBy(() -> model.evaluate(stream))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "evaluate needs all rows at once, found a streaming DataFrame; read the rows with"
                + " spark.read, or call it in foreachBatch");
  }

  @Test
  void columnThatSparkDoesNotTellFromAnotherOneIsNamed() {
    Dataset<Row> rows = Frames.clouds(30).withColumn("note", expr("id"));
    assertThatThrownBy(() -> model.transform(rows.toDF("id", "features", "label", "FEATURES")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "featuresCol names the column features, which Spark does not tell from another one"
                + " (features, FEATURES); rename it, or set spark.sql.caseSensitive = true");
    assertThatThrownBy(() -> model.transform(rows.toDF("id", "features", "label", "probability")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "probabilityCol names the column probability, which is a column of the DataFrame or"
                + " another output already; choose another name, or drop the column");
  }
}
