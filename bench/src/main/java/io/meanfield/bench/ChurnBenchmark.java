package io.meanfield.bench;

import io.meanfield.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/**
 * Compares Meanfield with MLlib's logistic regression and gradient-boosted trees on the churn
 * table. Each seed is another table and another start of the trainers.
 */
public final class ChurnBenchmark {
  private static final String ROW = "| %-4s | %-29s | %7s | %6s | %7s |%n";

  private ChurnBenchmark() {}

  /** Takes the number of seeds (default 3). */
  public static void main(String[] args) throws IOException {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    // Otherwise MLlib loads the BLAS of the machine, which Meanfield refuses.
    System.setProperty("dev.ludovic.netlib.blas.nativeLib", "none");
    try (SparkSession spark = LocalSpark.session()) {
      spark.sparkContext().setLogLevel("ERROR");
      System.out.printf(ROW, "seed", "trainer", "ROC AUC", "PR-AUC", "seconds");
      System.out.println("|---|---|---|---|---|");
      for (int seed = 1; seed <= seeds; seed++) {
        compare(spark, seed);
      }
    }
  }

  private static void compare(SparkSession spark, long seed) throws IOException {
    Path folder = Files.createTempDirectory("churn");
    try {
      ChurnFiles files = ChurnFiles.write(folder, seed);
      for (ChurnTrainer trainer : ChurnTrainer.values()) {
        print(trainer, spark, files);
      }
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private static void print(ChurnTrainer trainer, SparkSession spark, ChurnFiles files) {
    long start = System.nanoTime();
    Ranking ranking = trainer.rank(spark, files);
    System.out.printf(
        ROW,
        files.seed(),
        trainer.title(),
        "%.4f".formatted(ranking.rocAuc()),
        "%.4f".formatted(ranking.averagePrecision()),
        "%.0f".formatted((System.nanoTime() - start) / 1e9));
  }
}
