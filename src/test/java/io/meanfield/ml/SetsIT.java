package io.meanfield.ml;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains on tables whose label depends on the elements of arrays: tags, and numbers of products.
 */
class SetsIT {
  private static final String[] COLUMNS = {"size", "tags", "products"};

  @TempDir private Path folder;

  // A film is liked if it is science fiction without a sequel's product, 3.
  private static Dataset<Row> films(int rows) {
    String random = "pmod(xxhash64(id, %s), %s)";
    return LocalSpark.session()
        .range(rows)
        .selectExpr(
            "id",
            "CAST(%s AS INT) size".formatted(random.formatted(1, 100)),
            "filter(array('science fiction', 'Drama', 'drama', 'action', 'family', null),"
                + " (tag, i) -> pmod(xxhash64(id, i + 2), 2) = 0) tags",
            "filter(sequence(1, 6), i -> pmod(xxhash64(id, i + 20), 3) = 0) products")
        .selectExpr(
            "*",
            "CAST(array_contains(array_compact(tags), 'science fiction') AND NOT"
                + " array_contains(products, 3) AS INT) liked");
  }

  private static double accuracy(MeanfieldClassificationModel model, Dataset<Row> rows) {
    Dataset<Row> scored = model.transform(rows);
    return (double) scored.filter("prediction = liked").count() / scored.count();
  }

  @Test
  void estimatorStreamAndFunctionReadTheElements() throws Exception {
    MeanfieldClassifier classifier =
        new MeanfieldClassifier()
            .setFeaturesCols(COLUMNS)
            .setTextCols(new String[] {"products"})
            .setHiddenLayers(new int[] {8})
            .setMaxIter(8);
    MeanfieldClassificationModel model = classifier.setLabelCol("liked").fit(films(1_200));
    Dataset<Row> rows = films(400);
    assertThat(accuracy(model, rows)).isGreaterThan(0.97);

    ScoringFunction.register(LocalSpark.session(), "liked", model);
    List<Row> both =
        model
            .transform(rows)
            .withColumn("p", callUDF("liked", struct(col("*"))))
            .select("probability", "p")
            .collectAsList();
    assertThat(both)
        .allSatisfy(
            row ->
                assertThat(row.getDouble(1))
                    .isCloseTo(row.<Vector>getAs(0).apply(1), within(1e-6)));
  }

  @Test
  void parquetTableIsTrainedAndPredictedWithoutSettings() throws Exception {
    films(1_200).write().parquet(folder.resolve("films").toString());
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
                "data { format = parquet, train.path = \"" + folder.resolve("films") + "\" }",
                "data { test-fraction = 0.2, columns { label = liked, exclude = [id] } }",
                "network.layers = [{ dense = 8, activation = relu }, { dense = 1, activation ="
                    + " sigmoid }]",
                "train { workers = 2, epochs = 8, batch-size = 16 }",
                "network.optimizer.learning-rate = 0.02"));
    TestJobs.train(settings, "model").run();
    TestJobs.evaluate(settings, "test", "model").run();
    // Without the products, one film of science fiction in three is predicted wrongly.
    assertThat(
            TestJobs.table(folder.resolve("runs"), "test", "evaluation")
                .select("accuracy")
                .first()
                .getDouble(0))
        .isBetween(0.75, 0.97);
    assertThat(
            TestJobs.table(folder.resolve("runs"), "model", "columns")
                .selectExpr("concat_ws(': ', column, role)")
                .as(Encoders.STRING())
                .collectAsList())
        .contains("tags: text", "products: left out");
    assertThat(Files.readString(folder.resolve("runs/model/encodings.json")))
        .contains("science\u00a0fiction", "\"Drama\"", "\"drama\"");
  }
}
