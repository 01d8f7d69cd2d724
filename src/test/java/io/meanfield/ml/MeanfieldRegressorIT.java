package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
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

  /** As the plane: a feature contributes its weight times its distance from the mean. */
  @Test
  void contributionsOfAPlaneAreThoseOfItsTermsAndSurviveSaving() throws Exception {
    MeanfieldRegressionModel model =
        new MeanfieldRegressor()
            .setFeaturesCols(new String[] {"a", "b"})
            .setIdCol("id")
            .setHiddenLayers(new int[0])
            .setBatchSize(10)
            .setMaxIter(20)
            .setStepSize(0.05)
            .setContribPredictionCol("why")
            .fit(plane().drop("features"));
    model.write().overwrite().save(folder.resolve("model").toString());
    MeanfieldRegressionModel loaded =
        MeanfieldRegressionModel.load(folder.resolve("model").toString());
    Dataset<Row> scored = loaded.transform(plane());
    assertThat(scored.schema()).isEqualTo(model.transformSchema(plane().schema()));
    assertThat(scored.schema().apply("why").metadata().getStringArray("columns"))
        .containsExactly("a", "b");
    List<Row> rows = scored.orderBy("id").collectAsList();
    for (Row row : rows) {
      List<Double> why = row.getList(row.fieldIndex("why"));
      assertThat(why.stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(row.getAs("prediction"), within(1e-5));
    }
    // The base is the mean of the plane, 2 * 0.495 - 0.495 + 1, over rows that are like all rows.
    assertThat(rows.get(0).<Double>getList(rows.get(0).fieldIndex("why")).get(2))
        .isCloseTo(1.495, within(0.06));
    Row first = rows.get(0); // a = 0, b = 0
    Row second = rows.get(1); // a = 0.37, b = 0.61
    assertThat(contribution(second, 0) - contribution(first, 0)).isCloseTo(0.74, within(0.03));
    assertThat(contribution(second, 1) - contribution(first, 1)).isCloseTo(-0.61, within(0.03));
  }

  private static double contribution(Row row, int column) {
    return row.<Double>getList(row.fieldIndex("why")).get(column);
  }

  @Test
  void labelOfTextsIsReadAsFeaturesAreAndRowsLeftOutByFitAreLeftOutAfterIt() throws Exception {
    Dataset<Row> dirty =
        plane()
            .drop("features")
            .withColumn("label", functions.expr("concat('$', format_number(1000 * label, 2))"))
            .withColumn("a", functions.expr("if(id % 50 = 0, 'unclear', string(a))"));
    MeanfieldRegressor regressor =
        new MeanfieldRegressor()
            .setFeaturesCols(new String[] {"a", "b"})
            .setHiddenLayers(new int[0])
            .setBatchSize(10)
            .setMaxIter(20)
            .setStepSize(0.05);
    assertThatThrownBy(() -> regressor.fit(dirty))
        .hasMessageStartingWith("the DataFrame: column a is \"unclear\", expected a finite number");
    regressor.setNetwork("data.bad-rows = skip").fit(dirty).write().save(folder + "/model");
    MeanfieldRegressionModel model = MeanfieldRegressionModel.load(folder + "/model");
    assertThat(model.evaluate(dirty).get("r2")).isGreaterThan(0.99);
    assertThat(model.transform(dirty).count()).isEqualTo(490);
    assertThat(model.transform(dirty.where("a = 'unclear'")).isEmpty()).isTrue();
  }

  @Test
  void columnOfContributionsMustBeNew() {
    MeanfieldRegressor regressor =
        new MeanfieldRegressor().setIdCol("id").setContribPredictionCol("label");
    assertThatThrownBy(() -> regressor.fit(plane()))
        .hasMessage(
            "contribPredictionCol names the column label, which is a column of the DataFrame"
                + " or another output already; choose another name, or drop the column");
  }
}
