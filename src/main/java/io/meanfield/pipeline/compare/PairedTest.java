package io.meanfield.pipeline.compare;

import io.meanfield.promotion.SignificanceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Tests whether the differences of two runs' metrics may be chance. Both must have predicted the
 * same test examples.
 *
 * @param reason why there is no test; empty if there are results
 * @param examples the number of test examples; 0 if there is no test
 */
public record PairedTest(
    String first, String second, Optional<String> reason, int examples, List<Result> results) {
  // The same runs give the same p-value.
  private static final long SEED = 0;

  /** The test of one metric. */
  public record Result(
      String metric, double firstValue, double secondValue, String test, double pValue) {
    private static final double SMALLEST_SHOWN = 0.001;

    /** Returns the p-value for people, such as "p = 0.0312". */
    public String pValueText() {
      return pValue < SMALLEST_SHOWN
          ? "p < " + SMALLEST_SHOWN
          : String.format(Locale.ROOT, "p = %.4f", pValue);
    }
  }

  /** Tests a run against each other run; reads its own predictions once. */
  static List<PairedTest> of(ComparedRun first, List<ComparedRun> others, Configuration hadoop) {
    List<PairedTest> tests = new ArrayList<>();
    Optional<TestPredictions> ofFirst = Optional.empty();
    for (ComparedRun second : others) {
      Optional<String> reason =
          untested(first).or(() -> untested(second)).or(() -> differentData(first, second));
      if (reason.isPresent()) {
        tests.add(without(first, second, reason.get()));
      } else {
        if (ofFirst.isEmpty()) {
          ofFirst = Optional.of(TestPredictions.read(first.directory(), hadoop));
        }
        TestPredictions ofSecond = TestPredictions.read(second.directory(), hadoop);
        tests.add(of(first, ofFirst.get(), second, ofSecond));
      }
    }
    return tests;
  }

  private static Optional<String> untested(ComparedRun run) {
    if (run.plays()) {
      return Optional.of(
          run.name()
              + " is a run of play, which predicts no examples; its mean_return, of test episodes,"
              + " is among the metrics");
    }
    return run.directory().exists("tables/" + TestPredictions.TABLE)
        ? Optional.empty()
        : Optional.of(
            run.name()
                + " has no predictions of test examples; compare runs of evaluate, such as that of"
                + " scripts/submit evaluate --model "
                + run.directory().id());
  }

  private static Optional<String> differentData(ComparedRun first, ComparedRun second) {
    return first.testData().equals(second.testData())
        ? Optional.empty()
        : Optional.of("the runs have predicted different test sets");
  }

  private static PairedTest without(ComparedRun first, ComparedRun second, String reason) {
    return new PairedTest(first.name(), second.name(), Optional.of(reason), 0, List.of());
  }

  private static PairedTest of(
      ComparedRun first, TestPredictions ofFirst, ComparedRun second, TestPredictions ofSecond) {
    if (!ofFirst.hasSameExamples(ofSecond)) {
      return without(first, second, "the runs have predicted different test examples");
    }
    List<Result> results = results(first, second, ofFirst.testsAgainst(ofSecond, SEED));
    return results.isEmpty()
        ? without(
            first,
            second,
            "the runs have no metric in common for which there is a test: accuracy, macro_f1, mse"
                + " or mae")
        : new PairedTest(first.name(), second.name(), Optional.empty(), ofFirst.count(), results);
  }

  private static List<Result> results(
      ComparedRun first, ComparedRun second, Map<String, SignificanceTest> tests) {
    return tests.entrySet().stream()
        .filter(test -> first.metrics().containsKey(test.getKey()))
        .filter(test -> second.metrics().containsKey(test.getKey()))
        .map(
            test ->
                new Result(
                    test.getKey(),
                    first.metrics().get(test.getKey()),
                    second.metrics().get(test.getKey()),
                    test.getValue().name(),
                    test.getValue().pValue()))
        .toList();
  }
}
