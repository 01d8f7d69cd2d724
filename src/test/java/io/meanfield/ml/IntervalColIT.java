package io.meanfield.ml;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intervals and sets of the models of Spark ML. */
class IntervalColIT {
  private static MeanfieldRegressionModel regression;

  @TempDir private Path folder;

  private static Dataset<Row> rows() {
    return LocalSpark.session()
        .range(0, 200, 1, 2)
        .select(
            col("id"),
            expr("id % 20 / 20.0 as x"),
            expr("id * 7919 % 97 / 97.0 as noise"),
            expr("if(id % 3 = 0, 'a b', if(id % 2 = 0, 'c', 'd')) as kind"))
        .withColumn("y", expr("10 * x + noise"));
  }

  @BeforeAll
  static void train() {
    regression =
        new MeanfieldRegressor()
            .setFeaturesCols(new String[] {"x"})
            .setLabelCol("y")
            .setIdCol("id")
            .setHiddenLayers(new int[] {8})
            .setMaxIter(5)
            .setNumMembers(4)
            .setNumFolds(4)
            .setIntervals(new double[] {0.8})
            .setIntervalCol("range")
            .setContribPredictionCol("why")
            .fit(rows());
  }

  @Test
  void transformAddsTheIntervalAroundThePrediction() {
    Dataset<Row> scored = regression.transform(rows());
    assertThat(scored.columns())
        .containsExactly("id", "x", "noise", "kind", "y", "prediction", "range", "why");
    assertThat(scored.schema()).isEqualTo(regression.transformSchema(rows().schema()));
    for (Row row : scored.collectAsList()) {
      Row range = row.getAs("range");
      double prediction = row.getAs("prediction");
      double radius = range.<Double>getAs("upper_80") - prediction;
      assertThat(radius).isPositive();
      assertThat(range.<Double>getAs("lower_80")).isEqualTo(prediction - radius, within(radius));
    }
    assertThat(scored.where("y between range.lower_80 and range.upper_80").count())
        .isBetween(150L, 190L);
  }

  private static org.assertj.core.data.Offset<Double> within(double radius) {
    return org.assertj.core.data.Offset.offset(1e-9 * (1 + radius));
  }

  @Test
  void savedModelStreamAndFunctionGiveTheSameIntervals() throws Exception {
    String saved = folder.resolve("model").toString();
    regression.write().save(saved);
    MeanfieldRegressionModel loaded = MeanfieldRegressionModel.load(saved);
    List<Row> expected =
        regression.transform(rows()).select("id", "range.*").orderBy("id").collectAsList();
    assertThat(loaded.transform(rows()).select("id", "range.*").orderBy("id").collectAsList())
        .isEqualTo(expected);
    ScoringFunction.register(LocalSpark.session(), "cost", loaded);
    assertThat(
            rows()
                .withColumn("range", callUDF("cost_interval", struct(col("*"))))
                .select("id", "range.*")
                .orderBy("id")
                .collectAsList())
        .isEqualTo(expected);
    rows().write().parquet(folder.resolve("in").toString());
    StreamingQuery query =
        loaded
            .transform(
                LocalSpark.session()
                    .readStream()
                    .schema(rows().schema())
                    .parquet(folder.resolve("in").toString()))
            .writeStream()
            .format("memory")
            .queryName("ranges")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(
            LocalSpark.session()
                .table("ranges")
                .select("id", "range.*")
                .orderBy("id")
                .collectAsList())
        .isEqualTo(expected);
  }

  @Test
  void classifierInAPipelineAddsSetsWithTheNamesOfLabels() {
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new MeanfieldClassifier()
                      .setFeaturesCols(new String[] {"x"})
                      .setLabelCol("kind")
                      .setIdCol("id")
                      .setHiddenLayers(new int[] {4})
                      .setMaxIter(2)
                      .setNumMembers(4)
                      .setNumFolds(4)
                      .setIntervals(new double[] {0.5, 0.9})
                      .setIntervalCol("set")
                })
            .fit(rows());
    Dataset<Row> scored = model.transform(rows());
    assertThat(scored.select("set.*").columns())
        .containsExactly("prediction_set_50", "prediction_set_90");
    assertThat(scored.where("array_contains(set.prediction_set_90, kind)").count())
        .isBetween(170L, 200L);
    assertThat(
            scored
                .where(
                    "not array_contains(set.prediction_set_90, set.prediction_set_50[0])"
                        + " or size(set.prediction_set_50) = 0")
                .count())
        .isZero();
  }

  @Test
  void intervalColOfAModelWithoutIntervalsIsRefused() {
    MeanfieldRegressionModel plain =
        new MeanfieldRegressor()
            .setFeaturesCols(new String[] {"x"})
            .setLabelCol("y")
            .setIdCol("id")
            .setHiddenLayers(new int[] {4})
            .setMaxIter(1)
            .fit(rows());
    assertThatThrownBy(() -> plain.setIntervalCol("range").transform(rows()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "intervalCol names the column range, but model "
                + plain.uid()
                + " has no intervals; set intervals, such as 0.9, and fit again, or leave"
                + " intervalCol out");
    assertThatThrownBy(
            () ->
                new MeanfieldRegressor()
                    .setFeaturesCols(new String[] {"x"})
                    .setLabelCol("y")
                    .setIntervals(new double[] {0.9})
                    .setIntervalCol("noise")
                    .fit(rows()))
        .hasMessage(
            "intervalCol names the column noise, which is a column of the DataFrame or"
                + " another output already; choose another name, or drop the column");
  }
}
