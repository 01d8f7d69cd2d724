package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classifier inside the stages of Spark ML that wrap others. */
class SparkMlStagesIT {
  private static final Dataset<Row> CLOUDS = Frames.clouds(300);

  @TempDir private Path folder;

  private static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier()
        .setIdCol("id")
        .setHiddenLayers(new int[] {8})
        .setBatchSize(10)
        .setMaxIter(5)
        .setStepSize(0.02);
  }

  private static MulticlassClassificationEvaluator evaluator() {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void savedPipelineScoresAsTheFittedOne() throws Exception {
    StandardScaler scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  scaler,
                  classifier().setFeaturesCol("scaled").setThresholds(new double[] {1, 1, 1})
                });
    pipeline.write().overwrite().save(path("pipeline"));
    PipelineModel fitted = Pipeline.load(path("pipeline")).fit(CLOUDS);
    fitted.write().overwrite().save(path("model"));
    PipelineModel loaded = PipelineModel.load(path("model"));
    Dataset<Row> expected = fitted.transform(CLOUDS).orderBy("id");
    assertThat(evaluator().evaluate(expected)).isGreaterThan(0.95);
    assertThat(loaded.transform(CLOUDS).orderBy("id").collectAsList())
        .isEqualTo(expected.collectAsList());
    MeanfieldClassificationModel model = (MeanfieldClassificationModel) loaded.stages()[1];
    assertThat(model.weightsSha256())
        .isEqualTo(((MeanfieldClassificationModel) fitted.stages()[1]).weightsSha256());
    assertThat(model.getThresholds()).containsExactly(1, 1, 1);
    // The command line reads the same file.
    assertThat(folder.resolve("model/stages"))
        .isDirectoryRecursivelyContaining("glob:**/model.zip");
  }

  @Test
  void crossValidatorSelectsTheModelThatLearns() throws Exception {
    MeanfieldClassifier classifier = classifier();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(classifier.stepSize(), new double[] {1e-9, 0.02}).build();
    CrossValidatorModel validated =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(2)
            .fit(CLOUDS);
    assertThat(validated.avgMetrics()[1]).isGreaterThan(validated.avgMetrics()[0] + 0.2);
    validated.write().overwrite().save(path("validated"));
    assertThat(evaluator().evaluate(CrossValidatorModel.load(path("validated")).transform(CLOUDS)))
        .isGreaterThan(0.9);
  }

  // OneVsRest drops the column of ids, so rows are identified by their content.
  @Test
  void oneVsRestCombinesThreeNetworks() {
    OneVsRest oneVsRest = new OneVsRest().setClassifier(classifier().setIdCol(""));
    assertThat(evaluator().evaluate(oneVsRest.fit(CLOUDS).transform(CLOUDS))).isGreaterThan(0.9);
  }
}
