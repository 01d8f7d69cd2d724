import io.meanfield.ml.MeanfieldClassifier;
import io.meanfield.ml.MeanfieldRegressor;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains an estimator of Spark ML on a table with no param but columns, and prints accuracy or R² on the test rows. Arguments: the
 * files of training and test, the label, {@code regression} or {@code classification}, and columns that are left out.
 */
public final class SparkMlTable {
  private SparkMlTable() {}

  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().master("local[2]").appName("tables").getOrCreate()) {
      Dataset<Row> train = read(spark, args[0]);
      Dataset<Row> test = read(spark, args[1]);
      String label = args[2];
      String[] excluded = java.util.Arrays.copyOfRange(args, 4, args.length);
      boolean isRegression = args[3].equals("regression");
      PipelineModel model =
          new Pipeline()
              .setStages(isRegression ? regression(label, excluded) : classification(label, excluded))
              .fit(train);
      Evaluator evaluator =
          isRegression
              ? new RegressionEvaluator().setLabelCol(label).setMetricName("r2")
              : new MulticlassClassificationEvaluator().setLabelCol("meanfield_label").setMetricName("accuracy");
      System.out.println(evaluator.evaluate(model.transform(test)));
    }
  }

  private static PipelineStage[] regression(String label, String[] excluded) {
    MeanfieldRegressor regressor =
        new MeanfieldRegressor().setFeaturesCols(new String[] {"*"}).setExcludeCols(excluded);
    return new PipelineStage[] {regressor.setLabelCol(label)};
  }

  private static PipelineStage[] classification(String label, String[] excluded) {
    String[] all = java.util.Arrays.copyOf(excluded, excluded.length + 1);
    all[excluded.length] = label;
    MeanfieldClassifier classifier =
        new MeanfieldClassifier().setFeaturesCols(new String[] {"*"}).setExcludeCols(all);
    return new PipelineStage[] {
      new StringIndexer().setInputCol(label).setOutputCol("meanfield_label"),
      classifier.setLabelCol("meanfield_label")
    };
  }

  private static Dataset<Row> read(SparkSession spark, String file) {
    return spark.read().option("header", true).option("inferSchema", true).csv(file);
  }
}
