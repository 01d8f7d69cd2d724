package io.meanfield.ml;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on maps of numbers, and on vectors of Spark ML that are too wide to be inputs. */
class WeightedSetsIT {
  private static final int WIDE = 1 << 20;

  @TempDir private Path folder;

  private static Dataset<Row> customers(int rows) {
    String amount = "'%s', 100 * (1 + pmod(xxhash64(id, %d), 10))";
    return LocalSpark.session()
        .range(rows)
        .selectExpr(
            "id",
            "map_filter(map(%s, %s, %s), (name, amount) -> pmod(xxhash64(id, name), 3) > 0) spend"
                .formatted(
                    amount.formatted("fresh food", 1),
                    amount.formatted("rent", 2),
                    amount.formatted("cars", 3)),
            "concat_ws(' ', filter(array('red', 'green', 'blue', 'red', 'gold'),"
                + " (color, i) -> pmod(xxhash64(id, i + 20), 2) = 0)) colors")
        .selectExpr("*", "coalesce(spend['rent'], 0) - coalesce(spend['cars'], 0) AS saved");
  }

  private static MeanfieldRegressor regressor() {
    return new MeanfieldRegressor()
        .setLabelCol("saved")
        .setHiddenLayers(new int[] {16})
        .setMaxIter(40);
  }

  @Test
  void estimatorEvaluationAndFunctionReadTheWeights() throws Exception {
    Dataset<Row> rows = customers(1_200);
    MeanfieldRegressionModel model = regressor().setFeaturesCols(new String[] {"spend"}).fit(rows);
    // Without the amounts, what is bought explains less than half.
    assertThat(model.evaluate(rows).get("r2")).isGreaterThan(0.9);
    Dataset<Row> scored = model.transform(rows);
    double squares = scored.selectExpr("avg(pow(prediction - saved, 2))").first().getDouble(0);
    assertThat(model.evaluate(rows).get("mse")).isCloseTo(squares, within(1e-6 * squares));

    model.write().save(folder.resolve("model").toString());
    ScoringFunction.register(
        LocalSpark.session(),
        "saved",
        MeanfieldRegressionModel.load(folder.resolve("model").toString()));
    assertThat(
            scored
                .withColumn("p", callUDF("saved", struct(col("spend"))))
                .filter("abs(p - prediction) > 1e-3")
                .count())
        .isZero();
  }

  @Test
  void wideSparseVectorIsASetAndAWideDenseOneIsNumbers() {
    Dataset<Row> hashed =
        new HashingTF()
            .setNumFeatures(WIDE)
            .setInputCol("words")
            .setOutputCol("features")
            .transform(
                new Tokenizer()
                    .setInputCol("colors")
                    .setOutputCol("words")
                    .transform(customers(600)))
            .selectExpr("features", "CAST(array_contains(words, 'gold') AS INT) label");
    MeanfieldClassifier classifier =
        new MeanfieldClassifier().setHiddenLayers(new int[] {8}).setMaxIter(10);
    MeanfieldClassificationModel model = classifier.fit(hashed);
    assertThat(model.columns().select("role", "reason").first().mkString(": "))
        .isEqualTo("text: sets with weights");
    assertThat(model.evaluate(hashed).get("accuracy")).isGreaterThan(0.97);
    List<Row> scored = model.transform(hashed).limit(20).collectAsList();
    assertThat(scored)
        .allSatisfy(
            row ->
                assertThat(model.predict(row.<Vector>getAs("features")))
                    .isEqualTo(row.<Double>getAs("prediction")));

    Dataset<Row> dense =
        LocalSpark.session()
            .range(40)
            .select(
                col("id").mod(2).as("label"),
                functions
                    .array_to_vector(
                        org.apache.spark.sql.functions.expr(
                            "transform(sequence(1, 4200), i -> cast(sin(i * id) AS double))"))
                    .as("numbers"));
    Dataset<Row> scaled =
        new StandardScaler()
            .setInputCol("numbers")
            .setOutputCol("features")
            .setWithMean(true)
            .fit(dense)
            .transform(dense);
    MeanfieldClassificationModel wide = classifier.setMaxIter(1).fit(scaled);
    assertThat(wide.columns().select("role").first().getString(0)).isEqualTo("number");
    assertThat(wide.evaluate(scaled).get("examples")).isEqualTo(40);
  }
}
