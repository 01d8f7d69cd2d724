package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnImportancesIT {
  @TempDir private static Path folder;
  private static MeanfieldRegressionModel model;

  // The size decides most, the plan a little, and the noise nothing.
  private static Dataset<Row> accounts() {
    return LocalSpark.session()
        .range(600)
        .selectExpr(
            "(id * 37 % 100) / 100 size",
            "element_at(array('free', 'paid', null), cast(id % 3 as int) + 1) plan",
            "(id * 61 % 97) / 97 noise",
            "id % 2 = 0 held",
            "3 * (id * 37 % 100) / 100 + if(id % 3 = 1, 1, 0) revenue");
  }

  @BeforeAll
  static void train() {
    MeanfieldRegressor regressor =
        new MeanfieldRegressor()
            .setFeaturesCols(new String[] {"size", "plan", "noise"})
            .setValidationIndicatorCol("held")
            .setHiddenLayers(new int[] {16})
            .setBatchSize(10)
            .setMaxIter(30)
            .setCheckpointDir(folder.resolve("runs").toString())
            .setRunId("accounts");
    regressor.setLabelCol("revenue");
    model = regressor.fit(accounts());
  }

  @Test
  void columnsAreListedByTheIncreaseOfTheLossAsInTheTableOfTheRun() {
    List<Row> found = model.columnImportances(accounts().where("held")).collectAsList();
    assertThat(found).extracting(row -> row.getString(0)).containsExactly("size", "plan", "noise");
    assertThat(found.get(0).schema().simpleString())
        .isEqualTo(
            "struct<column:string,loss_increase:double,deviation:double,repeats:int,examples:int>");
    assertThat(found).extracting(row -> row.getInt(4)).containsOnly(300);
    assertThat(found.get(2).getDouble(1)).isBetween(-0.05, 0.05);
    List<Row> ofRun =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve("runs/accounts/tables/importance").toString())
            .orderBy(functions.desc("loss_increase"))
            .collectAsList();
    for (int i = 0; i < 2; i++) { // the other permutations of other ids
      assertThat(found.get(i).getString(0)).isEqualTo(ofRun.get(i).getAs("column"));
      double increase = ofRun.get(i).getAs("loss_increase");
      assertThat(found.get(i).getDouble(1)).isCloseTo(increase, within(0.15 * increase));
    }
  }

  @Test
  void importancesDoNotDependOnPartitionsAndOrderOfTheRows() {
    assertThat(model.columnImportances(accounts().orderBy("noise").repartition(7)).collectAsList())
        .isEqualTo(model.columnImportances(accounts().coalesce(1)).collectAsList());
  }

  @Test
  void numbersOfAVectorAreNamedByTheirPositions() throws Exception {
    MeanfieldClassifier classifier = new MeanfieldClassifier().setIdCol("id").setMaxIter(5);
    MeanfieldClassificationModel trained = classifier.fit(Frames.clouds(300));
    Dataset<Row> renamed = Frames.clouds(300).withColumnRenamed("features", "point");
    trained.setFeaturesCol("point");
    trained.write().save(folder.resolve("clouds").toString());
    List<Row> found =
        MeanfieldClassificationModel.load(folder.resolve("clouds").toString())
            .columnImportances(renamed)
            .collectAsList();
    assertThat(found).extracting(row -> row.getString(0)).containsExactlyInAnyOrder("0", "1");
    assertThat(found).extracting(row -> row.getDouble(1)).allMatch(increase -> increase > 0.1);
  }

  @Test
  void columnsAndLabelsThatCannotBeUsedAreNamed() {
    assertFails(
        accounts().drop("revenue"),
        "labelCol names the column revenue, which the DataFrame does not have; its columns are"
            + " size, plan, noise, held");
    assertFails(
        accounts().drop("plan"),
        "featuresCols names the column plan, which the DataFrame does not have; its columns are"
            + " size, noise, held, revenue");
    assertFails(
        accounts().withColumn("revenue", functions.expr("if(held, revenue, null)")),
        """
        the DataFrame: column revenue has no value, expected a finite number
        and 299 more rows of the DataFrame are wrong; correct the data, or leave such rows out with \
        data.bad-rows = skip\
        """);
    assertFails(
        accounts().limit(1),
        "columnImportances needs at least 2 rows and at most 500 columns, found 1 row and 3"
            + " columns");
    assertFails(accounts().limit(0), "the DataFrame has no rows");
  }

  private static void assertFails(Dataset<Row> frame, String message) {
    assertThatThrownBy(() -> model.columnImportances(frame)).hasMessage(message);
  }
}
