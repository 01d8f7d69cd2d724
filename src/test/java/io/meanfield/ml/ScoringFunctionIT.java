package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.source.PassedColumns;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.score.PredictOutput;
import io.meanfield.pipeline.score.PredictToOutputJob;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.table.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as functions of SQL. */
class ScoringFunctionIT {
  private static final int ROWS = 40;

  @TempDir private static Path folder;

  private static String runs;

  @BeforeAll
  static void train() throws IOException {
    runs = "run.directory=\"" + folder.resolve("runs") + "\"";
    Files.write(
        folder.resolve("people.csv"),
        Stream.concat(
                Stream.of("age,since,plan,kind,churned"),
                IntStream.range(0, ROWS)
                    .mapToObj(
                        i ->
                            (i % 9 == 4 ? "" : "" + (20 + i))
                                + ",2025-03-0"
                                + (1 + i % 9)
                                + (i % 2 == 0 ? ",gold" : ",basic")
                                + ",k"
                                + i % 3
                                + ","
                                + i % 2))
            .toList());
    TestJobs.train(
            settings(
                "data.columns { label = churned, features = [age, since], categorical = [plan] }",
                "network.layers=[{ dense = 4, activation = relu },"
                    + " { dense = 1, activation = sigmoid }]",
                "network.loss=binary_crossentropy"),
            "churn")
        .run();
    TestJobs.train(
            settings(
                "data.columns { label = kind, features = [age], impute = median }",
                "network.layers=[{ dense = 3, activation = softmax }]"),
            "kinds")
        .run();
  }

  private static JobSettings settings(String columns, String... more) {
    return JobSettings.load(
        List.of(),
        Stream.concat(
                Stream.of(
                    runs,
                    "run.page = none",
                    "data { format = csv, validation-fraction = 0 }",
                    "data.train.path=\"" + folder.resolve("people.csv") + "\"",
                    "data.test.path=\"" + folder.resolve("people.csv") + "\"",
                    "train { epochs = 1, batch-size = 8 }",
                    columns),
                Stream.of(more))
            .toList());
  }

  /** Returns the table with the types that Spark infers: int, date, string. */
  private static Dataset<Row> people() {
    Dataset<Row> people =
        LocalSpark.session()
            .read()
            .option("header", true)
            .schema("age INT, since DATE, plan STRING, kind STRING, churned INT")
            .csv(folder.resolve("people.csv").toString());
    people.createOrReplaceTempView("people");
    return people;
  }

  @Test
  void modelOfTheProgramGivesTheProbabilitiesOfTransform() {
    SparkSession spark = LocalSpark.session();
    MeanfieldClassifier classifier =
        new MeanfieldClassifier().setFeaturesCols(new String[] {"age", "since", "plan"});
    MeanfieldClassificationModel model =
        classifier
            .setMaxIter(2)
            .setHiddenLayers(new int[] {4})
            .setLabelCol("churned")
            .fit(people());
    assertThat(ScoringFunction.register(spark, "fitted", model))
        .containsExactly("age", "since", "plan");
    List<Row> scored =
        model.transform(people()).selectExpr("probability", "fitted(struct(*)) p").collectAsList();
    assertThat(scored)
        .hasSize(ROWS)
        .allSatisfy(
            row ->
                assertThat(row.<Vector>getAs(0).apply(1))
                    .isCloseTo(row.getDouble(1), within(1e-6)));
    MeanfieldClassificationModel ofVectors =
        new MeanfieldClassifier().setMaxIter(1).fit(Frames.clouds(30));
    assertThat(ScoringFunction.register(spark, "vectors", ofVectors)).containsExactly("features");
    assertThat(
            ofVectors
                .transform(Frames.clouds(30))
                .selectExpr("probability", "vectors(struct(*)) p")
                .collectAsList())
        .allSatisfy(
            row ->
                assertThat(row.<Double>getList(1).get(1))
                    .isCloseTo(row.<Vector>getAs(0).apply(1), within(1e-6)));
  }

  @Test
  void queryGivesTheProbabilitiesThatPredictWrites() {
    SparkSession spark = LocalSpark.session();
    people();
    assertThat(ScoringFunction.register(spark, "churn", "churn", runs))
        .containsExactly("age", "since", "plan");
    List<Double> found =
        spark.sql("SELECT churn(struct(*)) AS p FROM people").collectAsList().stream()
            .map(row -> row.getDouble(0))
            .toList();
    Path out = folder.resolve("scored");
    new PredictToOutputJob(
            TestJobs.context(
                settings(
                    "data.columns { label = churned, features = [age, since], categorical = [plan]"
                        + " }"),
                "scoring"),
            "churn",
            new PredictOutput(
                Optional.of(out.toString()),
                Optional.empty(),
                PassedColumns.NONE,
                List.of(),
                RowFormat.PARQUET,
                false))
        .run();
    List<Double> written =
        spark.read().parquet(out.toString()).collectAsList().stream()
            .map(row -> row.<Double>getAs("probability_positive"))
            .sorted()
            .toList();
    assertThat(found).hasSize(ROWS);
    // One row is computed by another kernel than a block of rows.
    List<Double> sorted = found.stream().sorted().toList();
    for (int i = 0; i < ROWS; i++) {
      assertThat(sorted.get(i)).isCloseTo(written.get(i), within(1e-6));
    }
  }

  @Test
  void classesHaveAnArrayOfProbabilities() {
    SparkSession spark = LocalSpark.session();
    people();
    ScoringFunction.register(
        spark, "kinds", folder.resolve("runs/kinds/model.zip").toString(), runs);
    Row row = spark.sql("SELECT kinds(struct(age)) AS p FROM people WHERE age IS NULL").first();
    List<Double> probabilities = row.getList(0);
    assertThat(probabilities).hasSize(3);
    assertThat(probabilities.stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-5));
  }

  @Test
  void missingFieldAndUnknownModelAreNamed() {
    SparkSession spark = LocalSpark.session();
    people();
    ScoringFunction.register(spark, "risk", "churn", runs);
    assertThatThrownBy(
            () -> spark.sql("SELECT risk(struct(age, plan)) FROM people").collectAsList())
        .hasStackTraceContaining(
            "risk: the struct has no field since, which the model reads; its fields are age, plan");
    assertThatThrownBy(() -> ScoringFunction.register(spark, "none", "nobody", runs))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("there is no run nobody in ");
  }

  @Test
  void nullStructHasNoPredictionAndOtherValuesAreRefused() {
    SparkSession spark = LocalSpark.session();
    people();
    ScoringFunction.register(spark, "risk", "churn", runs);
    assertThat(
            spark
                .sql("SELECT risk(IF(age > 0, NULL, struct(*))) p FROM people WHERE age > 0")
                .first()
                .isNullAt(0))
        .isTrue();
    assertThatThrownBy(() -> spark.sql("SELECT risk(age) FROM people").collectAsList())
        .hasStackTraceContaining(
            "risk takes a struct of the columns that the model reads, such as risk(struct(age,"
                + " since, plan)), found ");
  }

  /** Trains a model on one column, whose values have several numbers, and registers it. */
  private static MeanfieldClassificationModel register(String name, Dataset<Row> rows)
      throws IOException {
    MeanfieldClassifier classifier =
        new MeanfieldClassifier().setIdCol("id").setHiddenLayers(new int[0]).setMaxIter(1);
    MeanfieldClassificationModel model = classifier.setFeaturesCol("v").fit(rows);
    String path = folder.resolve(name).toString();
    model.write().save(path);
    ScoringFunction.register(LocalSpark.session(), name, path + "/data/model.zip", runs);
    return model;
  }

  @Test
  void functionOfAnArrayTakesAllItsNumbersAndNoSingleOne() throws IOException {
    SparkSession spark = LocalSpark.session();
    register("pair", Frames.clouds(30).withColumnRenamed("features", "v"));
    assertThat(spark.sql("SELECT pair(struct(array(0.5D, 1D) AS v))").first().getList(0))
        .hasSize(3);
    assertThatThrownBy(() -> spark.sql("SELECT pair(struct(0.5D AS v))").collectAsList())
        .hasStackTraceContaining("a row that pair scores: column v contains 1 numbers, expected 2");
  }

  @Test
  void functionOfImagesTakesBytes() throws IOException {
    SparkSession spark = LocalSpark.session();
    Dataset<Row> images =
        spark
            .range(30)
            .selectExpr("id", "unhex(lpad(hex(id * 2000), 4, '0')) AS v", "id % 2 AS label");
    MeanfieldClassificationModel model = register("image", images);
    images.createOrReplaceTempView("images");
    List<Row> found = spark.sql("SELECT image(struct(v)) FROM images ORDER BY id").collectAsList();
    List<Row> expected = model.transform(images).orderBy("id").collectAsList();
    assertThat(found).hasSize(30);
    for (int i = 0; i < found.size(); i++) {
      Vector probability = expected.get(i).getAs("probability");
      // One row is computed by another kernel than a block of rows.
      assertThat(found.get(i).getDouble(0)).isCloseTo(probability.apply(1), within(1e-6));
    }
    assertThat(found).doesNotHaveDuplicates();
  }

  @Test
  void fieldsOfStructsAreColumns() {
    SparkSession spark = LocalSpark.session();
    Dataset<Row> rows =
        people()
            .selectExpr(
                "named_struct('age', age, 'at', named_struct('since', since)) person",
                "IF(age % 2 = 0, NULL, named_struct('plan', plan)) paid",
                "churned");
    MeanfieldClassifier classifier =
        new MeanfieldClassifier()
            .setFeaturesCols(new String[] {"*"})
            .setMaxIter(2)
            .setHiddenLayers(new int[] {4})
            .setLabelCol("churned");
    MeanfieldClassificationModel model = classifier.fit(rows);
    MeanfieldClassificationModel named =
        classifier.setFeaturesCols(new String[] {"person", "paid.plan"}).fit(rows);
    assertThat(named.transform(rows).select("probability").collectAsList())
        .isEqualTo(model.transform(rows).select("probability").collectAsList());
    assertThat(ScoringFunction.register(spark, "nested", model))
        .containsExactlyInAnyOrder("person.age", "person.at.since", "paid.plan");
    assertThat(
            model.transform(rows).selectExpr("probability", "nested(struct(*)) p").collectAsList())
        .hasSize(ROWS)
        .allSatisfy(
            row ->
                assertThat(row.<Vector>getAs(0).apply(1))
                    .isCloseTo(row.getDouble(1), within(1e-6)));
  }
}
