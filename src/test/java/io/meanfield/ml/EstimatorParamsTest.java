package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.meanfield.network.Threshold;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class EstimatorParamsTest {
  private static final StructType TABLE =
      StructType.fromDDL(
          "a double, id long, held boolean, w double, text string, pair struct<x: double>, label"
              + " double");

  @Test
  void defaultsAreThoseOfTheSettings() {
    Config defaults = JobSettings.load(List.of(), List.of()).config();
    MeanfieldClassifier estimator = new MeanfieldClassifier();
    assertThat(estimator.getMaxIter()).isEqualTo(EstimatorParams.AUTOMATIC);
    assertThat(defaults.getString("train.epochs")).isEqualTo("auto");
    assertThat(estimator.getBatchSize()).isEqualTo(EstimatorParams.AUTOMATIC);
    assertThat(defaults.getString("train.batch-size")).isEqualTo("auto");
    assertThat(estimator.getNumWorkers()).isEqualTo(EstimatorParams.AUTOMATIC);
    assertThat(estimator.getNumMembers()).isEqualTo(EstimatorParams.AUTOMATIC);
    assertThat(estimator.getNumFolds()).isEqualTo(EstimatorParams.AUTOMATIC);
    assertThat(estimator.getSeed()).isEqualTo(defaults.getLong("run.seed"));
    assertThat(estimator.getNumEarlyStoppingRounds()).isEqualTo(EstimatorParams.AUTOMATIC_ROUNDS);
    assertThat(defaults.getString("train.early-stopping.patience")).isEqualTo("auto");
    assertThat(estimator.getHiddenLayers()).isEmpty();
    assertThat(estimator.getScale()).isEqualTo(defaults.getString("data.columns.scale"));
    assertThat(estimator.getImpute()).isEqualTo(defaults.getString("data.columns.impute"));
    assertThat(estimator.getHandleInvalid()).isEqualTo("keep");
    assertThat(defaults.getString("data.columns.handle-unknown")).isEqualTo("extra-column");
    assertThat(estimator.getEmbedAbove()).isEqualTo(defaults.getInt("data.columns.embed-above"));
    assertThat(estimator.isDefined(estimator.embeddingSize())).isFalse();
    assertThat(defaults.getString("data.columns.embedding-size")).isEqualTo("auto");
    assertThat(estimator.isDefined(estimator.stepSize())).isFalse();
    assertThat(defaults.hasPath("network.optimizer.learning-rate")).isFalse();
  }

  @Test
  void paramsHaveTheNamesThatSparkAndXgboostUsersKnow() {
    assertThat(new MeanfieldRegressor().params())
        .extracting(Param::name)
        .containsExactlyInAnyOrder(
            "batchSize",
            "categoricalCols",
            "checkpointDir",
            "contribPredictionCol",
            "embedAbove",
            "embeddingSize",
            "excludeCols",
            "featuresCol",
            "featuresCols",
            "groupCol",
            "handleInvalid",
            "hiddenLayers",
            "idCol",
            "impute",
            "inferBatchSize",
            "intervalCol",
            "intervals",
            "labelCol",
            "maxIter",
            "network",
            "numEarlyStoppingRounds",
            "numFolds",
            "numMembers",
            "numWorkers",
            "predictionCol",
            "runId",
            "scale",
            "seed",
            "stepSize",
            "textCols",
            "timeCol",
            "validationIndicatorCol",
            "verbose",
            "weightCol");
    assertThat(new MeanfieldClassifier().params())
        .extracting(Param::name)
        .contains("probabilityCol", "rawPredictionCol", "thresholds");
  }

  @Test
  void preprocessingWithoutFeaturesColsIsRefused() {
    MeanfieldClassifier estimator = new MeanfieldClassifier().setScale("none").setImpute("mean");
    assertThatThrownBy(() -> FitFeatures.of(estimator, "features", "label", TABLE))
        .hasMessage(
            "scale, impute is set without featuresCols; the values of featuresCol are inputs as"
                + " they are, so name the columns in featuresCols, or leave it out");
    assertThatThrownBy(
            () ->
                FitFeatures.of(
                    estimator
                        .setFeaturesCols(new String[] {"a"})
                        .setCategoricalCols(new String[] {"a", "b"}),
                    "features",
                    "label",
                    TABLE))
        .hasMessage(
            "categoricalCols names b, which featuresCols does not name; name it in featuresCols,"
                + " too");
  }

  private static List<String> named(MeanfieldClassifier estimator) {
    return FitFeatures.of(estimator, "features", "label", TABLE).names();
  }

  @Test
  void starNamesAllColumnsWithoutAnotherRole() {
    MeanfieldClassifier estimator =
        new MeanfieldClassifier()
            .setFeaturesCols(new String[] {"*"})
            .setExcludeCols(new String[] {"pair"});
    assertThat(named(estimator)).containsExactly("a", "id", "held", "w", "text");
    estimator.setIdCol("id").setValidationIndicatorCol("held").setWeightCol("w");
    assertThat(named(estimator)).containsExactly("a", "text");
  }

  @Test
  void starThatCannotBeUsedIsRefused() {
    MeanfieldClassifier all = new MeanfieldClassifier().setFeaturesCols(new String[] {"*"});
    assertThatThrownBy(() -> named(all.setExcludeCols(new String[] {"b"})))
        .hasMessage(
            "excludeCols names the column b, which the DataFrame does not have; its columns are a,"
                + " id, held, w, text and 2 more");
    assertThatThrownBy(
            () -> named(all.setExcludeCols(new String[] {"a", "id", "held", "w", "text", "pair"})))
        .hasMessage(
            "featuresCols is \"*\", but the DataFrame has no columns besides a, held, id, label,"
                + " pair, text, w");
    assertThatThrownBy(() -> named(all.setFeaturesCols(new String[] {"*", "a"})))
        .hasMessage("featuresCols names \"*\" and other columns; name \"*\" alone, or the columns");
    assertThatThrownBy(() -> named(all.setFeaturesCols(new String[] {"a"})))
        .hasMessage(
            "excludeCols is set, but featuresCols names each column; set featuresCols to \"*\", or"
                + " leave excludeCols out");
    assertThatThrownBy(() -> named(all.setFeaturesCols(new String[0]).setEmbedAbove(3)))
        .hasMessageStartingWith("excludeCols, embedAbove is set without featuresCols");
  }

  @Test
  void sparkConnectFindsEstimatorsAndModels() {
    assertThat(ours(Estimator.class))
        .hasOnlyElementsOfTypes(MeanfieldClassifier.class, MeanfieldRegressor.class)
        .hasSize(2);
    assertThat(ours(Transformer.class))
        .hasOnlyElementsOfTypes(
            MeanfieldClassificationModel.class, MeanfieldRegressionModel.class, FitProgress.class)
        .hasSize(3);
  }

  /** Returns instances of this package's providers; Spark 4 has providers of its own. */
  private static <T> List<T> ours(Class<T> service) {
    return ServiceLoader.load(service).stream()
        .filter(
            provider -> provider.type().getPackage().equals(MeanfieldClassifier.class.getPackage()))
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  @Test
  void modelWithoutNetworkSaysWhereModelsComeFrom() {
    MeanfieldRegressionModel model = new MeanfieldRegressionModel("empty");
    assertThatThrownBy(model::numFeatures)
        .hasMessage(
            "model empty has no network; models come from fit or load, not from a constructor");
  }

  private static ClassColumns columns(double... thresholds) {
    return new ClassColumns(List.of(ClassColumns.Column.PREDICTION), thresholds, Threshold.DEFAULT);
  }

  @Test
  void thresholdOfTheModelDecidesUnlessThoseOfSparkAreSet() {
    List<ClassColumns.Column> prediction = List.of(ClassColumns.Column.PREDICTION);
    Threshold low = Threshold.of(0.25f);
    assertThat(new ClassColumns(prediction, new double[0], low).of(new float[] {0.25f}))
        .containsExactly(1.0);
    assertThat(new ClassColumns(prediction, new double[0], low).of(new float[] {0.8f, 0.2f}))
        .containsExactly(0.0);
    assertThat(new ClassColumns(prediction, new double[] {0.5, 0.5}, low).of(new float[] {0.25f}))
        .containsExactly(0.0);
  }

  @Test
  void predictedClassHasTheLargestRatioOfProbabilityToThreshold() {
    float[] outputs = {0.5f, 0.3f, 0.2f};
    assertThat(columns().of(outputs)).containsExactly(0.0);
    assertThat(columns(0.9, 0.5, 0.25).of(outputs)).containsExactly(2.0); // 0.56, 0.6, 0.8
    assertThat(columns(1, 0, 1).of(outputs)).containsExactly(1.0);
    assertThat(columns().of(new float[] {0.75f})).containsExactly(1.0);
    assertThat(ClassColumns.probabilities(new float[] {0.75f})).containsExactly(0.25, 0.75);
  }
}
