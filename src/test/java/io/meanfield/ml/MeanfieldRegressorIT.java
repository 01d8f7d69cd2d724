package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeanfieldRegressorIT {
  @TempDir private Path folder;

  // y = 2a - b + 1 for a and b in 0 … 1: a network without hidden layers can represent it.
  private static Dataset<Row> plane() {
    return io.meanfield.fixture.LocalSpark.session()
        .range(500)
        .selectExpr("id", "(id * 37 % 100) / 100 a", "(id * 61 % 100) / 100 b")
        .withColumn("features", functions.array("a", "b"))
        .withColumn("label", functions.expr("2 * a - b + 1"));
  }

  @Test
  void planeIsFittedAndSavedModelPredictsTheSame() throws Exception {
    MeanfieldRegressor regressor =
        new MeanfieldRegressor()
            .setIdCol("id")
            .setHiddenLayers(new int[0])
            .setBatchSize(10)
            .setMaxIter(20)
            .setStepSize(0.05);
    MeanfieldRegressionModel model = regressor.fit(plane());
    Dataset<Row> scored = model.transform(plane());
    double error = new RegressionEvaluator().setMetricName("rmse").evaluate(scored);
    assertThat(error).isLessThan(0.02);
    model.write().overwrite().save(folder.resolve("model").toString());
    MeanfieldRegressionModel loaded =
        MeanfieldRegressionModel.load(folder.resolve("model").toString());
    assertThat(loaded.transform(plane()).orderBy("id").collectAsList())
        .isEqualTo(scored.orderBy("id").collectAsList());
    Vector point = org.apache.spark.ml.linalg.Vectors.dense(0.5, 0.5);
    assertThat(loaded.predict(point)).isBetween(1.45, 1.55);
    assertThat(scored.schema()).isEqualTo(model.transformSchema(plane().schema()));
  }
}
