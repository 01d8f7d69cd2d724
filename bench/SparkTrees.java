import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains boosted trees of Spark on a table of numbers, writes predictions of its test rows, and prints the seconds of the processor.
 * Arguments: the folder with train.parquet and test.parquet, to which predictions are written; the number of classes, 0 for a
 * regression; and NAME=LEVELS for each column of categories.
 */
public final class SparkTrees {
  // Columns of more categories are numbers to MLlib, whose statistics grow with them.
  private static final int MOST_LEVELS = 300;

  private SparkTrees() {}

  public static void main(String[] args) {
    int classes = Integer.parseInt(args[1]);
    String[] levels = Arrays.copyOfRange(args, 2, args.length);
    try (SparkSession spark = SparkSession.builder().master("local[1]").appName("tables").getOrCreate()) {
      Dataset<Row> train = spark.read().parquet(args[0] + "/train.parquet");
      Dataset<Row> test = spark.read().parquet(args[0] + "/test.parquet");
      predict(new PipelineStage[] {xgboost(classes)}, withDense(train), withDense(test), args[0] + "/xgboost");
      if (classes <= 2) {
        Map<String, Object> medians = medians(train);
        train = withCategories(train.na().fill(medians), levels);
        test = withCategories(test.na().fill(medians), levels);
        VectorAssembler assembler = new VectorAssembler().setInputCols(inputs(train)).setOutputCol("features");
        predict(new PipelineStage[] {assembler, mllib(classes)}, train, test, args[0] + "/mllib");
      }
    }
  }

  private static void predict(PipelineStage[] stages, Dataset<Row> train, Dataset<Row> test, String out) {
    long start = processorNanos();
    Dataset<Row> predicted = new Pipeline().setStages(stages).fit(train).transform(test);
    boolean classifies = Arrays.asList(predicted.columns()).contains("probability");
    Column output =
        classifies
            ? functions.vector_to_array(predicted.col("probability"), "float64").as("output")
            : predicted.col("prediction").as("output");
    predicted.select(predicted.col("label"), output).write().mode("overwrite").parquet(out);
    System.out.println(out + " " + (processorNanos() - start) / 1e9);
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static String[] inputs(Dataset<Row> table) {
    return Arrays.stream(table.columns()).filter(name -> !name.equals("label")).toArray(String[]::new);
  }

  // XGBoost takes the zeros of a sparse vector, which a VectorAssembler makes, for missing values.
  private static Dataset<Row> withDense(Dataset<Row> table) {
    Column missing = org.apache.spark.sql.functions.lit(Double.NaN);
    Column[] inputs =
        Arrays.stream(inputs(table))
            .map(name -> org.apache.spark.sql.functions.coalesce(table.col(name), missing))
            .toArray(Column[]::new);
    return table.withColumn("features", functions.array_to_vector(org.apache.spark.sql.functions.array(inputs)));
  }

  private static Map<String, Object> medians(Dataset<Row> table) {
    String[] inputs = inputs(table);
    double[][] medians = table.stat().approxQuantile(inputs, new double[] {0.5}, 0.01);
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      values.put(inputs[i], medians[i][0]);
    }
    return values;
  }

  private static Dataset<Row> withCategories(Dataset<Row> table, String[] columns) {
    for (String column : columns) {
      String name = column.substring(0, column.indexOf('='));
      int levels = Integer.parseInt(column.substring(column.indexOf('=') + 1));
      if (levels <= MOST_LEVELS) {
        NominalAttribute attribute = NominalAttribute.defaultAttr().withName(name).withNumValues(levels);
        table = table.withColumn(name, table.col(name).as(name, attribute.toMetadata()));
      }
    }
    return table;
  }

  private static PipelineStage mllib(int classes) {
    return classes == 0
        ? new GBTRegressor().setMaxBins(MOST_LEVELS).setSeed(1)
        : new GBTClassifier().setMaxBins(MOST_LEVELS).setSeed(1);
  }

  private static PipelineStage xgboost(int classes) {
    if (classes == 0) {
      XGBoostRegressor regressor = new XGBoostRegressor();
      regressor.setNumRound(100);
      regressor.setMissing(Float.NaN);
      return regressor;
    }
    XGBoostClassifier classifier = new XGBoostClassifier();
    classifier.setNumRound(100);
    classifier.setMissing(Float.NaN);
    if (classes > 2) {
      classifier.setObjective("multi:softprob");
      classifier.setNumClass(classes);
    }
    return classifier;
  }
}
