import com.sun.management.OperatingSystemMXBean;
import io.meanfield.ml.MeanfieldClassifier;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Fits the species of penguins with Meanfield, XGBoost on Spark and a random forest of MLlib, each twice in one session, and prints
 * seconds of the clock and of the processor. Argument: the CSV file.
 */
public final class SmallFits {
  private static final String LABEL = "species";

  private SmallFits() {}

  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().master("local[2]").appName("small").getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      Dataset<Row> penguins = spark.read().option("header", true).option("inferSchema", true).csv(args[0]).na().drop().cache();
      penguins.count();
      Map<String, Estimator<?>> programs = new LinkedHashMap<>();
      programs.put("Meanfield", new MeanfieldClassifier().setFeaturesCols(new String[] {"*"}).setLabelCol(LABEL));
      programs.put("XGBoost", indexed(xgboost()));
      programs.put("MLlib", indexed(new RandomForestClassifier().setSeed(1)));
      for (int turn = 1; turn <= 2; turn++) {
        for (Map.Entry<String, Estimator<?>> program : programs.entrySet()) {
          long wall = System.nanoTime();
          long processor = processorNanos();
          program.getValue().fit(penguins);
          System.out.printf(
              "fit %d   %-10s %.1f s, processor %.1f s%n",
              turn, program.getKey(), (System.nanoTime() - wall) / 1e9, (processorNanos() - processor) / 1e9);
        }
      }
    }
  }

  private static XGBoostClassifier xgboost() {
    XGBoostClassifier classifier = new XGBoostClassifier();
    classifier.setNumRound(100);
    classifier.setObjective("multi:softprob");
    classifier.setNumClass(3);
    classifier.setMissing(Float.NaN);
    return classifier;
  }

  private static Pipeline indexed(PipelineStage trees) {
    StringIndexer indexer =
        new StringIndexer()
            .setInputCols(new String[] {LABEL, "island", "sex"})
            .setOutputCols(new String[] {"label", "islandIndex", "sexIndex"});
    VectorAssembler assembler =
        new VectorAssembler()
            .setInputCols(new String[] {"islandIndex", "sexIndex", "bill_length_cm", "bill_depth_cm", "flipper_dm", "mass_kg"})
            .setOutputCol("features");
    return new Pipeline().setStages(new PipelineStage[] {indexer, assembler, trees});
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }
}
