package io.meanfield.pipeline.page;

import io.meanfield.promotion.SignificanceTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

    private String sentence(String pair) {
      return String.format(
          Locale.ROOT,
          "%s of %s: difference %+.4f, p %s by %s",
          metric,
          pair,
          secondValue - firstValue,
          pValue < SMALLEST_SHOWN
              ? "< " + SMALLEST_SHOWN
              : String.format(Locale.ROOT, "= %.4f", pValue),
          test);
    }
  }

  /** Returns a sentence for each result, or for the reason why there is none. */
  public List<String> sentences() {
    String pair = first + " and " + second;
    return reason
        .map(text -> List.of("no test of " + pair + ": " + text))
        .orElseGet(() -> results.stream().map(result -> result.sentence(pair)).toList());
  }

  /** Tests a run against each other run. */
  static List<PairedTest> of(ComparedRun first, List<ComparedRun> others) {
    return others.stream()
        .map(
            second ->
                untested(first)
                    .or(() -> untested(second))
                    .map(reason -> without(first, second, reason))
                    .orElseGet(() -> of(first, second)))
        .toList();
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

  private static PairedTest without(ComparedRun first, ComparedRun second, String reason) {
    return new PairedTest(first.name(), second.name(), Optional.of(reason), 0, List.of());
  }

  private static PairedTest of(ComparedRun first, ComparedRun second) {
    TestPredictions ofFirst = TestPredictions.read(first.directory());
    TestPredictions ofSecond = TestPredictions.read(second.directory());
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
        : new PairedTest(
            first.name(), second.name(), Optional.empty(), ofFirst.rows().size(), results);
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
