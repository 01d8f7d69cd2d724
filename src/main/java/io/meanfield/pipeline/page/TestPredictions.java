package io.meanfield.pipeline.page;

import io.meanfield.promotion.ClassPairs;
import io.meanfield.promotion.McNemarTest;
import io.meanfield.promotion.PairedBootstrap;
import io.meanfield.promotion.SignificanceTest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a run has predicted for its test examples, by id.
 *
 * <p>McNemar's test has no weights: the accuracies of weighted examples are compared by the
 * bootstrap, as {@code retrain} does.
 */
record TestPredictions(List<Row> rows) {
  static final String TABLE = "predictions";
  private static final Set<String> COLUMNS =
      Set.of("example_id", "actual", "predicted", "outputs", "targets", "weight");

  /**
   * What a run has predicted for one test example.
   *
   * @param actual the class of the example; -1 unless each example has one class that is known
   * @param predicted the predicted class; -1 unless each example has one class
   * @param targets hash of the numeric targets
   * @param squaredError mean over the outputs; NaN unless the example has numeric targets
   * @param absoluteError mean over the outputs; NaN unless the example has numeric targets
   * @param weight 1 if the examples have none
   */
  record Row(
      long id,
      int actual,
      int predicted,
      int targets,
      double squaredError,
      double absoluteError,
      double weight) {
    private static Row of(StoredRow row) {
      float[] targets = row.floats("targets").orElse(new float[0]);
      float[] outputs = row.floats("outputs").orElse(new float[0]);
      double[] errors =
          IntStream.range(0, targets.length)
              .mapToDouble(i -> Math.abs((double) outputs[i] - targets[i]))
              .toArray();
      return new Row(
          (long) RunRecord.number(row, "example_id", 0),
          (int) RunRecord.number(row, "actual", -1),
          (int) RunRecord.number(row, "predicted", -1),
          Arrays.hashCode(targets),
          Arrays.stream(errors).map(error -> error * error).average().orElse(Double.NaN),
          Arrays.stream(errors).average().orElse(Double.NaN),
          RunRecord.number(row, "weight", 1));
    }

    boolean hasClass() {
      return actual >= 0 && predicted >= 0;
    }

    boolean isCorrect() {
      return actual == predicted;
    }

    boolean hasErrors() {
      return !Double.isNaN(squaredError);
    }

    private boolean isOfExample(Row other) {
      return id == other.id
          && actual == other.actual
          && targets == other.targets
          && weight == other.weight;
    }
  }

  /**
   * Reads the table of a run.
   *
   * @throws io.meanfield.error.UserException if it cannot be read
   */
  static TestPredictions read(RunDirectory run) {
    List<Row> rows = new ArrayList<>();
    StoredTable.read(run, TABLE, COLUMNS::contains, row -> rows.add(Row.of(row)));
    rows.sort(Comparator.comparingLong(Row::id));
    return new TestPredictions(rows);
  }

  /** Returns whether both have the same examples with the same truth and weights. */
  boolean hasSameExamples(TestPredictions other) {
    int count = rows.size();
    return count > 0
        && count == other.rows.size()
        && IntStream.range(0, count).allMatch(i -> rows.get(i).isOfExample(other.rows.get(i)));
  }

  /** Returns the tests that are possible, by metric. */
  Map<String, SignificanceTest> testsAgainst(TestPredictions other, long seed) {
    Map<String, SignificanceTest> tests = new LinkedHashMap<>();
    if (bothAll(other, Row::hasClass)) {
      tests.put("accuracy", accuracy(other, seed));
      tests.put("macro_f1", PairedBootstrap.ofMacroF1(seed, classes(other)));
    } else if (bothAll(other, Row::hasErrors)) {
      tests.put("mse", mean(other, seed, Row::squaredError));
      tests.put("mae", mean(other, seed, Row::absoluteError));
    }
    return tests;
  }

  private boolean bothAll(TestPredictions other, Predicate<Row> property) {
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
    return IntStream.range(0, rows.size())
        .filter(i -> rows.get(i).isCorrect() && !other.rows.get(i).isCorrect())
        .count();
  }

  private PairedBootstrap mean(TestPredictions other, long seed, ToDoubleFunction<Row> error) {
    return PairedBootstrap.ofMean(
        seed,
        IntStream.range(0, rows.size())
            .mapToDouble(
                i ->
                    rows.get(i).weight()
                        * (error.applyAsDouble(rows.get(i))
                            - error.applyAsDouble(other.rows.get(i))))
            .toArray());
  }

  private ClassPairs classes(TestPredictions other) {
    int[] actual = rows.stream().mapToInt(Row::actual).toArray();
    int[] first = rows.stream().mapToInt(Row::predicted).toArray();
    int[] second = other.rows.stream().mapToInt(Row::predicted).toArray();
    int classes = 1 + Stream.of(actual, first, second).flatMapToInt(Arrays::stream).max().orElse(0);
    double[] weights = rows.stream().mapToDouble(Row::weight).toArray();
    return new ClassPairs(classes, actual, first, second, weights);
  }
}
