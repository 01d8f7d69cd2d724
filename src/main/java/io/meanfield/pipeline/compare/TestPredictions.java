package io.meanfield.pipeline.compare;

import io.meanfield.promotion.ClassPairs;
import io.meanfield.promotion.McNemarTest;
import io.meanfield.promotion.PairedBootstrap;
import io.meanfield.promotion.SignificanceTest;
import io.meanfield.store.RunDirectory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run has predicted for its test examples, by id.
 *
 * <p>McNemar's test has no weights: the accuracies of weighted examples are compared by the
 * bootstrap, as {@code retrain} does.
 */
record TestPredictions(List<TestPrediction> rows) {
  static final String TABLE = "predictions";

  /**
   * Reads the table of a run.
   *
   * @throws io.meanfield.error.UserException if it cannot be read
   */
  static TestPredictions read(RunDirectory run, Configuration hadoop) {
    return new TestPredictions(
        PredictionsReader.read(run, hadoop).stream()
            .sorted(Comparator.comparingLong(TestPrediction::id))
            .toList());
  }

  int count() {
    return rows.size();
  }

  /** Returns whether both have the same examples with the same truth and weights. */
  boolean hasSameExamples(TestPredictions other) {
    return count() > 0
        && count() == other.count()
        && IntStream.range(0, count()).allMatch(i -> rows.get(i).isOfExample(other.rows.get(i)));
  }

  /** Returns the tests that are possible, by metric. */
  Map<String, SignificanceTest> testsAgainst(TestPredictions other, long seed) {
    Map<String, SignificanceTest> tests = new LinkedHashMap<>();
    if (bothAll(other, TestPrediction::hasClass)) {
      tests.put("accuracy", accuracy(other, seed));
      tests.put("macro_f1", PairedBootstrap.ofMacroF1(seed, classes(other)));
    } else if (bothAll(other, TestPrediction::hasErrors)) {
      tests.put("mse", mean(other, seed, TestPrediction::squaredError));
      tests.put("mae", mean(other, seed, TestPrediction::absoluteError));
    }
    return tests;
  }

  private boolean bothAll(TestPredictions other, Predicate<TestPrediction> property) {
    return Stream.concat(rows.stream(), other.rows.stream()).allMatch(property);
  }

  private SignificanceTest accuracy(TestPredictions other, long seed) {
    boolean weighted = rows.stream().anyMatch(row -> row.weight() != 1);
    return weighted
        ? mean(other, seed, row -> row.isCorrect() ? 0 : 1)
        : new McNemarTest(onlyCorrectIn(other), other.onlyCorrectIn(this));
  }

  /** Returns the number of examples that these predictions have right and the others wrong. */
  private long onlyCorrectIn(TestPredictions other) {
    return IntStream.range(0, count())
        .filter(i -> rows.get(i).isCorrect() && !other.rows.get(i).isCorrect())
        .count();
  }

  private PairedBootstrap mean(
      TestPredictions other, long seed, ToDoubleFunction<TestPrediction> error) {
    IntToDoubleFunction improvement =
        i ->
            rows.get(i).weight()
                * (error.applyAsDouble(rows.get(i)) - error.applyAsDouble(other.rows.get(i)));
    return PairedBootstrap.ofMean(
        seed, IntStream.range(0, count()).mapToDouble(improvement).toArray());
  }

  private ClassPairs classes(TestPredictions other) {
    int[] actual = rows.stream().mapToInt(TestPrediction::actual).toArray();
    int[] first = rows.stream().mapToInt(TestPrediction::predicted).toArray();
    int[] second = other.rows.stream().mapToInt(TestPrediction::predicted).toArray();
    // Only classes that occur count, and a damaged table may have one of a large number.
    int[] classes =
        Stream.of(actual, first, second).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    double[] weights = rows.stream().mapToDouble(TestPrediction::weight).toArray();
    return new ClassPairs(
        classes.length,
        ranks(actual, classes),
        ranks(first, classes),
        ranks(second, classes),
        weights);
  }

  private static int[] ranks(int[] numbers, int[] sorted) {
    return Arrays.stream(numbers).map(number -> Arrays.binarySearch(sorted, number)).toArray();
  }
}
