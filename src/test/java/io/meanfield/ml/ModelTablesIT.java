package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.fixture.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTablesIT {
  @TempDir private static Path folder;
  private static MeanfieldRegressionModel model;
  private static MeanfieldRegressionModel loaded;

  private static Dataset<Row> accounts() {
    return LocalSpark.session()
        .range(400)
        .selectExpr(
            "id",
            "(id * 37 % 100) / 100 size",
            "element_at(array('free', 'paid', null), cast(id % 3 as int) + 1) plan",
            "'EUR' currency",
            "id % 4 = 0 held",
            "3 * (id * 37 % 100) / 100 + if(id % 3 = 1, 1, 0) revenue");
  }

  private static MeanfieldRegressor regressor() {
    MeanfieldRegressor regressor =
        new MeanfieldRegressor()
            .setFeaturesCols(new String[] {"*"})
            .setIdCol("id")
            .setValidationIndicatorCol("held")
            .setHiddenLayers(new int[] {8})
            .setMaxIter(3);
    regressor.setLabelCol("revenue");
    return regressor;
  }

  @BeforeAll
  static void train() throws Exception {
    model = regressor().fit(accounts());
    model.write().save(folder.resolve("model").toString());
    loaded = MeanfieldRegressionModel.load(folder.resolve("model").toString());
  }

  private static Dataset<Row> table(String name) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve("runs/accounts/tables/" + name).toString())
        .drop("run_id");
  }

  @Test
  void tablesAreThoseOfARun() {
    MeanfieldRegressionModel ofRun =
        regressor()
            .setCheckpointDir(folder.resolve("runs").toString())
            .setRunId("accounts")
            .fit(accounts());
    List<Row> columns = table("columns").collectAsList();
    assertThat(model.columns().collectAsList()).isEqualTo(columns);
    assertThat(ofRun.columns().collectAsList()).isEqualTo(columns);
    assertThat(columns)
        .extracting(Row::toString)
        .containsExactly(
            "[size,number,numbers,0]",
            "[plan,category,2 different texts,0]",
            "[currency,left out,the same value in every row,0]");
    assertThat(ofRun.history().collectAsList())
        .isEqualTo(table("epochs").orderBy("epoch").collectAsList());
    assertThat(model.history().drop("seconds").collectAsList())
        .isEqualTo(table("epochs").orderBy("epoch").drop("seconds").collectAsList());
    assertThat(model.history().schema().simpleString())
        .isEqualTo(
            "struct<epoch:int,train_loss:double,train_accuracy:double,validation_loss:double,"
                + "validation_accuracy:double,examples:bigint,seconds:double,learning_rate:double,"
                + "best:boolean,monitor:string,monitored:double>");
    assertThat(ofRun.summary()).isEqualTo(model.summary());
  }

  @Test
  void savedModelKeepsThem() {
    assertThat(loaded.columns().collectAsList()).isEqualTo(model.columns().collectAsList());
    assertThat(loaded.history().collectAsList()).isEqualTo(model.history().collectAsList());
    assertThat(loaded.summary()).isEqualTo(model.summary());
  }

  @Test
  void summaryHasRowsMetricsAndNetwork() {
    TrainingSummary summary = model.summary();
    assertThat(summary.totalIterations()).isEqualTo(3);
    assertThat(summary.keptEpoch()).isEqualTo(3);
    assertThat(summary.rows()).isEqualTo(300);
    assertThat(summary.validationRows()).isEqualTo(100);
    assertThat(summary.network()).isEqualTo("dense 8 relu, dense 1 linear");
    assertThat(summary.weightsSha256()).isEqualTo(model.weightsSha256());
    assertThat(summary.metrics().keySet())
        .containsExactlyInAnyOrder(
            "epoch",
            "train_loss",
            "validation_loss",
            "validation_mse",
            "validation_rmse",
            "validation_mae",
            "validation_r2");
    assertThat(summary.objectiveHistory()).hasSize(3);
    assertThat(summary)
        .hasToString(
            "network dense 8 relu, dense 1 linear; 300 rows, 100 for validation; "
                + summary.message());
  }

  @Test
  void evaluationOfTheValidationRowsIsThatOfTheTraining() {
    Map<String, Double> found = loaded.evaluate(accounts().where("held"));
    assertThat(found.keySet()).containsExactly("examples", "loss", "mse", "rmse", "mae", "r2");
    assertThat(found.get("examples")).isEqualTo(100);
    assertThat(found.get("r2"))
        .isCloseTo(model.summary().metrics().get("validation_r2"), within(1e-9));
  }

  @Test
  void modelShowsNetworkRowsAndResult() {
    assertThat(loaded)
        .hasToString(
            "MeanfieldRegressionModel: uid=" + model.uid() + ", " + loaded.summary().toString());
    assertThat(new MeanfieldRegressionModel("m")).hasToString("MeanfieldRegressionModel: uid=m");
  }

  @Test
  void reportHasTheSectionsThatAFitKnows() throws Exception {
    Path file = folder.resolve("fit.html");
    loaded.report(file.toString());
    String page = Files.readString(file);
    assertThat(Pattern.compile("<section id=\"(\\w+)\"").matcher(page).results())
        .extracting(section -> section.group(1))
        .containsExactly("columns", "summary", "learning", "record");
    assertThat(page)
        .contains("<title>MeanfieldRegressionModel " + model.uid())
        .contains("Trained 3 epochs: ")
        .contains("the same value in every row");
  }

  @Test
  void onnxFileIsProvenOnTheRows() throws Exception {
    Path file = folder.resolve("model.onnx");
    loaded.exportOnnx(accounts().drop("revenue"), file.toString());
    JsonNode description = new ObjectMapper().readTree(folder.resolve("model.onnx.json").toFile());
    assertThat(description.at("/model").asText()).isEqualTo(model.uid());
    assertThat(description.at("/file_sha256").asText())
        .isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(file)));
    assertThat(description.at("/proof/inputs").asText()).isEqualTo("the DataFrame");
    assertThat(description.at("/proof/examples").asInt()).isEqualTo(400);
    assertThat(description.at("/proof/largest_difference").asDouble()).isLessThan(1e-5);
  }

  @Test
  void paramOutputLetsTransformReturnTheTables() {
    Dataset<Row> held = accounts().where("held");
    assertThat(transform("history", held)).isEqualTo(model.history().collectAsList());
    assertThat(transform("columns", held)).isEqualTo(model.columns().collectAsList());
    assertThat(transform("importances", held))
        .isEqualTo(model.columnImportances(held).collectAsList());
    assertThat(transform("evaluation", held))
        .extracting(row -> Map.entry(row.getString(0), row.getDouble(1)))
        .containsExactlyElementsOf(model.evaluate(held).entrySet());
    assertThat(transform("summary", held).get(0).getList(1))
        .isEqualTo(model.summary().objectiveHistory());
    assertThat(transform("predictions", held)).hasSize(100);
  }

  private static List<Row> transform(String output, Dataset<Row> frame) {
    return loaded.transform(frame, loaded.output().w(output)).collectAsList();
  }
}
