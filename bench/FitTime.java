import io.meanfield.ml.MeanfieldRegressor;
import java.lang.management.ManagementFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Prints the processor time of a fit on the table of a query of Spark, in seconds. */
public final class FitTime {
  private FitTime() {}

  public static void main(String[] args) {
    try (SparkSession spark =
        SparkSession.builder().master("local[2]").appName("fit").getOrCreate()) {
      Dataset<Row> table = spark.sql(args[0]);
      MeanfieldRegressor regressor =
          new MeanfieldRegressor()
              .setFeaturesCols(new String[] {"*"})
              .setIdCol("id")
              .setMaxIter(Integer.parseInt(args[1]));
      regressor.setLabelCol("label");
      long before = nanos();
      String weights = regressor.fit(table).weightsSha256();
      System.out.println((nanos() - before) / 1e9 + " " + weights);
    }
  }

  private static long nanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
