package io.meanfield.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.LocalSpark;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.TestJobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lesson's classic systems as their files say, held to what statistics says of their data. */
class ClassicSystemsIT {
  private static final List<String> ONE_CLASS =
      List.of(
          "accuracy",
          "macro_precision",
          "macro_recall",
          "macro_f1",
          "roc_auc_macro",
          "log_loss",
          "expected_calibration_error");
  private static final List<String> LABELS =
      List.of(
          "accuracy",
          "macro_precision",
          "macro_recall",
          "macro_f1",
          "roc_auc_macro",
          "hamming_loss");
  private static final List<String> ERRORS = List.of("mse", "mae", "r2");

  @TempDir private static Path runs;

  private static JobSettings settings(String job) {
    return JobSettings.load(
        List.of(Path.of("jobs/lesson/" + job + ".conf")),
        List.of("run.directory=\"" + runs + "\""));
  }

  /**
   * Trains a job and gives the weights that it found, in their layout: a dense layer's W, then b.
   */
  private static double[] train(String job) {
    TestJobs.train(settings(job), job).run();
    float[] weights =
        ModelFile.read(
                new Configuration(), new org.apache.hadoop.fs.Path(runs + "/" + job + "/model.zip"))
            .state()
            .weights();
    double[] found = new double[weights.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = weights[i];
    }
    return found;
  }

  /** Evaluates the trained job; the row has exactly the measures that belong to its task. */
  private static Row judge(String job, List<String> measures) {
    TestJobs.evaluate(settings(job), job + "-test", job).evaluate();
    Row row = table(job + "-test", "evaluation").get(0);
    List<String> all = List.of(row.schema().fieldNames());
    assertThat(all.subList(all.indexOf("accuracy"), all.size()))
        .filteredOn(measure -> !row.isNullAt(row.fieldIndex(measure)))
        .containsExactlyElementsOf(measures);
    return row;
  }

  private static List<Row> table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(runs.resolve(run).resolve("tables").resolve(name).toString())
        .collectAsList();
  }

  private static double number(Row row, String column) {
    return row.<Double>getAs(column);
  }

  @Test
  void simpleRegressionFindsTheLineOfLeastSquares() {
    double[] line = train("simple-regression");
    SmallTable irises = SmallTable.read("iris-train.csv");
    SimpleRegression best = new SimpleRegression();
    double[] x = irises.numbers("petal_length").toArray();
    double[] y = irises.numbers("petal_width").toArray();
    for (int i = 0; i < x.length; i++) {
      best.addData(x[i], y[i]);
    }
    assertThat(line[0]).isCloseTo(best.getSlope(), within(0.005));
    assertThat(line[1]).isCloseTo(best.getIntercept(), within(0.02));

    SmallTable test = SmallTable.read("iris-test.csv");
    RealVector error =
        test.numbers("petal_length")
            .mapMultiply(line[0])
            .mapAdd(line[1])
            .subtract(test.numbers("petal_width"));
    Row row = judge("simple-regression", ERRORS);
    assertThat(number(row, "mse")).isCloseTo(error.dotProduct(error) / 30, within(1e-6));
    assertThat(number(row, "mae")).isCloseTo(error.getL1Norm() / 30, within(1e-6));
    assertThat(number(row, "r2")).isGreaterThan(0.9);
  }

  @Test
  void multipleRegressionComesNearTheLeastSquares() {
    double[] found = train("multiple-regression");
    SmallTable penguins =
        SmallTable.read(
            "penguins-train-biscoe.csv",
            "penguins-train-dream.csv",
            "penguins-train-torgersen.csv");
    RealMatrix inputs =
        penguins.inputs(
            List.of("bill_length_cm", "bill_depth_cm", "flipper_dm"), List.of("species", "sex"));
    RealVector masses = penguins.numbers("mass_kg");
    // Species, sex and the bias say some things twice: among the best solutions, the shortest.
    RealVector best = new SingularValueDecomposition(inputs).getSolver().solve(masses);
    double least = mse(inputs, best, masses);
    assertThat(mse(inputs, MatrixUtils.createRealVector(found), masses))
        .isBetween(least, 1.03 * least);
    assertThat(number(judge("multiple-regression", ERRORS), "r2")).isGreaterThan(0.8);
  }

  private static double mse(RealMatrix inputs, RealVector weights, RealVector targets) {
    RealVector error = inputs.operate(weights).subtract(targets);
    return error.dotProduct(error) / error.getDimension();
  }

  @Test
  void binomialLogisticRegressionFindsTheMostLikelyOdds() {
    double[] found = train("binomial-logistic-regression");
    SmallTable exam = SmallTable.read("exam-train.csv");
    LogisticFit best =
        new LogisticFit(
            exam.inputs(List.of("hours", "absences"), List.of()), exam.oneHot("passed"), 0);
    RealMatrix optimum = best.optimum();
    // One unit is the difference between yes and no.
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(optimum.getEntry(i, 1) - optimum.getEntry(i, 0), within(0.1));
    }
    double least = best.loss(optimum);
    RealMatrix weights = MatrixUtils.createRealMatrix(found.length, 2);
    weights.setColumn(1, found);
    assertThat(best.loss(weights)).isBetween(least, 1.002 * least);
    // The formula behind the data, and 300 students' chance.
    assertThat(found).containsExactly(new double[] {1.5, -0.7, -2}, within(0.6));

    Row row = judge("binomial-logistic-regression", ONE_CLASS);
    assertThat(number(row, "accuracy")).isGreaterThan(0.8);
    assertThat(number(row, "roc_auc_macro")).isGreaterThan(0.85);
    assertThat(number(row, "log_loss")).isEqualTo(number(row, "loss"));
  }

  @Test
  void multinomialLogisticRegressionFindsTheLeastPenalisedLoss() {
    double[] found = train("multinomial-logistic-regression");
    SmallTable irises = SmallTable.read("iris-train.csv");
    LogisticFit best =
        new LogisticFit(
            irises.inputs(
                List.of("sepal_length", "sepal_width", "petal_length", "petal_width"), List.of()),
            irises.oneHot("species"),
            0.01);
    double least = best.loss(best.optimum());
    RealMatrix weights = MatrixUtils.createRealMatrix(5, 3);
    for (int cls = 0; cls < 3; cls++) {
      for (int input = 0; input < 4; input++) {
        weights.setEntry(input, cls, found[4 * cls + input]);
      }
      weights.setEntry(4, cls, found[12 + cls]);
    }
    assertThat(best.loss(weights)).isBetween(least, 1.02 * least);
    Row row = judge("multinomial-logistic-regression", ONE_CLASS);
    assertThat(number(row, "accuracy")).isGreaterThanOrEqualTo(0.93);
  }

  @Test
  void irisesAreToldApart() {
    train("multi-class-classification");
    Row row = judge("multi-class-classification", ONE_CLASS);
    assertThat(number(row, "accuracy")).isGreaterThanOrEqualTo(0.93);
    assertThat(number(row, "macro_f1")).isGreaterThanOrEqualTo(0.93);
    assertThat(number(row, "roc_auc_macro")).isGreaterThan(0.98);
    List<Row> cells = table("multi-class-classification-test", "confusion");
    assertThat(cells).hasSize(9);
    assertThat(cells.stream().mapToLong(cell -> cell.<Long>getAs("count")).sum()).isEqualTo(30);
    assertThat(Files.exists(runs.resolve("multi-class-classification/encodings.json"))).isTrue();
  }

  // Four of five penguins are in the training set; linear odds of the same columns
  // are right in nine of ten of the others.
  @Test
  void femaleAndMalePenguinsAreToldApart() {
    train("binary-classification");
    Row row = judge("binary-classification", ONE_CLASS);
    assertThat(number(row, "accuracy")).isGreaterThanOrEqualTo(0.85);
    assertThat(number(row, "roc_auc_macro")).isGreaterThan(0.93);
    assertThat(table("binary-classification-test", "evaluation_by_class"))
        .hasSize(2)
        .allSatisfy(
            sex -> {
              assertThat(number(sex, "precision")).isGreaterThan(0.8);
              assertThat(number(sex, "recall")).isGreaterThan(0.8);
            });
  }

  // An answer that is always no is right in all three in four of ten.
  @Test
  void eachLampIsSeenByItself() {
    train("multi-label-classification");
    Row row = judge("multi-label-classification", LABELS);
    assertThat(number(row, "hamming_loss")).isLessThan(0.05);
    assertThat(number(row, "accuracy")).isGreaterThan(0.85);
    assertThat(table("multi-label-classification-test", "evaluation_by_class"))
        .hasSize(3)
        .allSatisfy(lamp -> assertThat(number(lamp, "roc_auc")).isGreaterThan(0.98));
    assertThat(runs.resolve("multi-label-classification-test/tables/confusion")).doesNotExist();
  }
}
