package io.meanfield.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.LocalSpark;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.TestJobs;
import io.meanfield.settings.LocalSettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the lesson's classic systems with the exact solutions of statistics. */
@Tag("cluster")
class ClassicSystemsIT {
  private static final List<String> OF_CLASSES =
      List.of(
          "accuracy",
          "macro_precision",
          "macro_recall",
          "macro_f1",
          "roc_auc_macro",
          "pr_auc_macro");
  private static final List<String> OF_CLASS_1 =
      List.of("pr_auc", "roc_auc", "lift_at_10_percent", "precision", "recall", "f1");
  private static final List<String> OF_PROBABILITIES =
      List.of("brier_score", "log_loss", "expected_calibration_error");
  private static final List<String> TWO_CLASSES =
      Stream.of(OF_CLASSES, OF_CLASS_1, OF_PROBABILITIES).flatMap(List::stream).toList();
  private static final List<String> MANY_CLASSES =
      Stream.of(OF_CLASSES, OF_PROBABILITIES).flatMap(List::stream).toList();
  private static final List<String> LABELS =
      Stream.concat(OF_CLASSES.stream(), Stream.of("hamming_loss")).toList();
  private static final List<String> ERRORS = List.of("mse", "mae", "r2");

  @TempDir private static Path runs;

  private static JobSettings settings(String job) {
    return JobSettings.load(
        List.of(new LocalSettingsFile(Path.of("jobs/lesson/" + job + ".conf"))),
        List.of("run.directory=\"" + runs + "\"", "run.page=none"));
  }

  /** Trains a job and returns its weights: first W of the dense layer, then b. */
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

  /** Evaluates the trained job and checks that the row has exactly the metrics of its task type. */
  private static Row evaluate(String job, List<String> metrics) {
    TestJobs.evaluate(settings(job), job + "-test", job).run();
    Row row = table(job + "-test", "evaluation").get(0);
    List<String> all = List.of(row.schema().fieldNames());
    assertThat(all.subList(all.indexOf("accuracy"), all.size()))
        .filteredOn(metric -> !row.isNullAt(row.fieldIndex(metric)))
        .containsExactlyElementsOf(metrics);
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
  void simpleRegressionFindsTheLeastSquaresLine() {
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
    Row row = evaluate("simple-regression", ERRORS);
    assertThat(number(row, "mse")).isCloseTo(error.dotProduct(error) / 30, within(1e-6));
    assertThat(number(row, "mae")).isCloseTo(error.getL1Norm() / 30, within(1e-6));
    assertThat(number(row, "r2")).isGreaterThan(0.9);
  }

  @Test
  void multipleRegressionApproachesTheLeastSquaresSolution() {
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
    // The one-hot columns and the bias are linearly dependent; the SVD gives the solution with the
    // smallest norm.
    RealVector best = new SingularValueDecomposition(inputs).getSolver().solve(masses);
    double least = mse(inputs, best, masses);
    assertThat(mse(inputs, MatrixUtils.createRealVector(found), masses))
        .isBetween(least, 1.03 * least);
    assertThat(number(evaluate("multiple-regression", ERRORS), "r2")).isGreaterThan(0.8);
  }

  private static double mse(RealMatrix inputs, RealVector weights, RealVector targets) {
    RealVector error = inputs.operate(weights).subtract(targets);
    return error.dotProduct(error) / error.getDimension();
  }

  @Test
  void binomialLogisticRegressionFindsTheMaximumLikelihoodEstimate() {
    double[] found = train("binomial-logistic-regression");
    SmallTable exam = SmallTable.read("exam-train.csv");
    LogisticFit best =
        new LogisticFit(
            exam.inputs(List.of("hours", "absences"), List.of()), exam.oneHot("passed"), 0);
    RealMatrix optimum = best.optimum();
    // The weights of the sigmoid unit are the difference of the weights of the two softmax units.
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(optimum.getEntry(i, 1) - optimum.getEntry(i, 0), within(0.1));
    }
    double least = best.loss(optimum);
    RealMatrix weights = MatrixUtils.createRealMatrix(found.length, 2);
    weights.setColumn(1, found);
    assertThat(best.loss(weights)).isBetween(least, 1.002 * least);
    // The coefficients that generated the data, up to the sampling error of 300 students.
    assertThat(found).containsExactly(new double[] {1.5, -0.7, -2}, within(0.6));

    Row row = evaluate("binomial-logistic-regression", TWO_CLASSES);
    assertThat(number(row, "accuracy")).isGreaterThan(0.8);
    assertThat(number(row, "roc_auc_macro")).isGreaterThan(0.85);
    assertThat(number(row, "log_loss")).isEqualTo(number(row, "loss"));
  }

  @Test
  void multinomialLogisticRegressionMinimisesThePenalisedLoss() {
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
    Row row = evaluate("multinomial-logistic-regression", MANY_CLASSES);
    assertThat(number(row, "accuracy")).isGreaterThanOrEqualTo(0.93);
  }

  @Test
  void multiClassClassificationSeparatesTheIrisSpecies() {
    train("multi-class-classification");
    Row row = evaluate("multi-class-classification", MANY_CLASSES);
    assertThat(number(row, "accuracy")).isGreaterThanOrEqualTo(0.93);
    assertThat(number(row, "macro_f1")).isGreaterThanOrEqualTo(0.93);
    assertThat(number(row, "roc_auc_macro")).isGreaterThan(0.98);
    List<Row> cells = table("multi-class-classification-test", "confusion");
    assertThat(cells).hasSize(9);
    assertThat(cells.stream().mapToLong(cell -> cell.<Long>getAs("count")).sum()).isEqualTo(30);
    assertThat(Files.exists(runs.resolve("multi-class-classification/encodings.json"))).isTrue();
  }

  // Four of five penguins are in the training set. Logistic regression on the same columns
  // classifies nine of ten of the others correctly.
  @Test
  void binaryClassificationSeparatesFemaleAndMalePenguins() {
    train("binary-classification");
    Row row = evaluate("binary-classification", TWO_CLASSES);
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

  // Predicting no for all three labels has an exact-match accuracy of 40 %.
  @Test
  void multiLabelClassificationPredictsEachLamp() {
    train("multi-label-classification");
    Row row = evaluate("multi-label-classification", LABELS);
    assertThat(number(row, "hamming_loss")).isLessThan(0.05);
    assertThat(number(row, "accuracy")).isGreaterThan(0.85);
    assertThat(table("multi-label-classification-test", "evaluation_by_class"))
        .hasSize(3)
        .allSatisfy(lamp -> assertThat(number(lamp, "roc_auc")).isGreaterThan(0.98));
    assertThat(runs.resolve("multi-label-classification-test/tables/confusion")).doesNotExist();
  }
}
