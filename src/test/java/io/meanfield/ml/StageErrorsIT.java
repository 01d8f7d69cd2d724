package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors and directories that are none of a model. */
class StageErrorsIT {
  private static final Dataset<Row> CLOUDS = Frames.clouds(60);

  @TempDir private Path folder;

  private static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier().setIdCol("id").setHiddenLayers(new int[] {4}).setMaxIter(1);
  }

  private static MeanfieldRegressor regressor() {
    return new MeanfieldRegressor().setIdCol("id").setHiddenLayers(new int[] {4}).setMaxIter(1);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void loadNamesTheClassOfWhatIsThere() throws Exception {
    MeanfieldClassificationModel model = classifier().fit(CLOUDS);
    model.save(path("classes"));
    classifier().save(path("classifier"));
    assertThatThrownBy(() -> MeanfieldRegressionModel.load(path("classes")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            path("classes")
                + " has a MeanfieldClassificationModel, expected a MeanfieldRegressionModel; load"
                + " it with MeanfieldClassificationModel.load");
    assertThatThrownBy(() -> MeanfieldRegressor.load(path("classifier")))
        .hasMessage(
            path("classifier")
                + " has a MeanfieldClassifier, expected a MeanfieldRegressor; load it with"
                + " MeanfieldClassifier.load");
    assertThatThrownBy(() -> MeanfieldClassificationModel.load(path("classifier")))
        .hasMessageEndingWith("; load it with MeanfieldClassifier.load");
    assertThatThrownBy(() -> MeanfieldClassifier.load(path("classes")))
        .hasMessageEndingWith("; load it with MeanfieldClassificationModel.load");
  }

  @Test
  void loadRefusesAPipelineAndADirectoryWithoutAStage() throws Exception {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {classifier()});
    PipelineModel fitted = pipeline.fit(CLOUDS);
    fitted.save(path("pipeline"));
    assertThatThrownBy(() -> MeanfieldClassificationModel.load(path("pipeline")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            path("pipeline")
                + " has another stage of Spark ML, expected a MeanfieldClassificationModel; a"
                + " pipeline is loaded with PipelineModel.load or Pipeline.load");
    assertThatThrownBy(() -> MeanfieldClassifier.load(path("nothing")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot load a MeanfieldClassifier from " + path("nothing"))
        .hasMessageEndingWith("; expected a directory that write().save has completed");
  }

  @Test
  void aModelOfATablePredictsNoVector() {
    Dataset<Row> table = CLOUDS.withColumn("color", functions.lit("red"));
    MeanfieldClassificationModel model =
        classifier().setFeaturesCols(new String[] {"features", "color"}).fit(table);
    Vector inputs = Vectors.zeros(model.numFeatures());
    String message =
        "predict takes a vector of inputs, and model "
            + model.uid()
            + " reads features, color as training did; call transform with a DataFrame that has the"
            + " columns";
    assertThatThrownBy(() -> model.predict(inputs))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> model.predictProbability(inputs)).hasMessage(message);
  }

  @Test
  void aVectorOfAnotherLengthIsRefused() {
    MeanfieldRegressionModel model = regressor().fit(CLOUDS);
    assertThat(model.predict(Vectors.dense(1, 2))).isFinite();
    assertThatThrownBy(() -> model.predict(Vectors.dense(1, 2, 3)))
        .isInstanceOf(UserException.class)
        .hasMessage("predict takes a vector of 2 numbers, as the model was trained on, found 3");
  }

  @Test
  void namesOfColumnsMayHaveDots() {
    Dataset<Row> dotted =
        CLOUDS
            .withColumn("w.t", functions.expr("1 + id % 2"))
            .withColumn("v.i", functions.expr("id % 5 = 0"))
            .withColumn("n.m", functions.expr("id % 3"));
    Dataset<Row> plain = dotted;
    for (String name : new String[] {"label", "id", "features"}) {
      dotted = dotted.withColumnRenamed(name, name + ".x");
    }
    for (String name : new String[] {"w.t", "v.i", "n.m"}) {
      plain = plain.withColumnRenamed(name, name.replace(".", ""));
    }
    MeanfieldRegressor regressor =
        regressor().setIdCol("id.x").setWeightCol("w.t").setValidationIndicatorCol("v.i");
    regressor.setLabelCol("label.x").setFeaturesCols(new String[] {"features.x", "n.m"});
    MeanfieldRegressionModel model = regressor.fit(dotted);
    assertThat(model.transform(dotted).where("prediction is not null").count()).isEqualTo(60);
    assertThat(model.columnImportances(dotted).count()).isPositive();
    assertThat(model.weightsSha256())
        .isEqualTo(
            regressor()
                .setWeightCol("wt")
                .setValidationIndicatorCol("vi")
                .setFeaturesCols(new String[] {"features", "nm"})
                .fit(plain)
                .weightsSha256());
  }
}
