package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classifier inside the stages of Spark ML that wrap others. */
@Tag("cluster")
@Tag("promise")
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
