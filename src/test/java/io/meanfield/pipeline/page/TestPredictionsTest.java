package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.promotion.SignificanceTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestPredictionsTest {
  private static TestPredictions.Row ofClass(long id, int actual, int predicted, double weight) {
    return new TestPredictions.Row(id, actual, predicted, 0, Double.NaN, Double.NaN, weight);
  }

  private static TestPredictions.Row ofNumber(long id, double error) {
    return new TestPredictions.Row(id, -1, -1, 7, error * error, error, 1);
  }

  /** Returns predictions of class 1 for ten examples, of which those of {@code wrong} are wrong. */
  private static TestPredictions classes(List<Integer> wrong, double weight) {
    List<TestPredictions.Row> rows = new ArrayList<>();
    for (int id = 0; id < 10; id++) {
      rows.add(ofClass(id, 1, wrong.contains(id) ? 0 : 1, weight));
    }
    return new TestPredictions(rows);
  }

  private static double pValue(Map<String, SignificanceTest> tests, String metric) {
    return tests.get(metric).pValue();
  }

  // Six examples differ, five in favour of the second: 2 (C(6,0) + C(6,1)) / 2^6.
  @Test
  void accuraciesAreComparedByMcNemarsExactTest() {
    TestPredictions first = classes(List.of(0, 1, 2, 3, 4, 9), 1);
    TestPredictions second = classes(List.of(5, 9), 1);
    Map<String, SignificanceTest> tests = first.testsAgainst(second, 0);
    assertThat(tests.keySet()).containsExactly("accuracy", "macro_f1");
    assertThat(tests.get("accuracy").name()).isEqualTo("McNemar's exact test");
    assertThat(pValue(tests, "accuracy")).isCloseTo(14 / 64.0, within(1e-12));
    assertThat(pValue(second.testsAgainst(first, 0), "accuracy"))
        .isCloseTo(14 / 64.0, within(1e-12));
  }

  @Test
  void accuraciesOfWeightedExamplesAreComparedByTheBootstrap() {
    Map<String, SignificanceTest> tests =
        classes(List.of(0), 2).testsAgainst(classes(List.of(1), 2), 0);
    assertThat(tests.get("accuracy").name()).isEqualTo("the paired bootstrap");
  }

  @Test
  void errorsOfARegressionAreComparedByTheBootstrap() {
    List<TestPredictions.Row> near = new ArrayList<>();
    List<TestPredictions.Row> far = new ArrayList<>();
    for (int id = 0; id < 30; id++) {
      near.add(ofNumber(id, 0.1));
      far.add(ofNumber(id, 0.2));
    }
    Map<String, SignificanceTest> tests =
        new TestPredictions(far).testsAgainst(new TestPredictions(near), 0);
    assertThat(tests.keySet()).containsExactly("mse", "mae");
    // Every resample of equal improvements is an improvement: 2 (1 + 0) / (10000 + 1).
    assertThat(pValue(tests, "mse")).isCloseTo(2 / 10_001.0, within(1e-12));
    assertThat(pValue(new TestPredictions(far).testsAgainst(new TestPredictions(far), 0), "mae"))
        .isEqualTo(1);
  }

  @Test
  void classesAndNumbersHaveNoTestInCommon() {
    TestPredictions numbers = new TestPredictions(Collections.nCopies(10, ofNumber(0, 0.1)));
    assertThat(classes(List.of(), 1).testsAgainst(numbers, 0)).isEmpty();
  }

  @Test
  void examplesAreTheSameIfIdsTruthAndWeightsAre() {
    TestPredictions first = classes(List.of(), 1);
    assertThat(first.hasSameExamples(classes(List.of(3), 1))).isTrue();
    assertThat(first.hasSameExamples(classes(List.of(3), 2))).isFalse();
    assertThat(first.hasSameExamples(new TestPredictions(first.rows().subList(0, 9)))).isFalse();
    List<TestPredictions.Row> otherTruth = new ArrayList<>(first.rows());
    otherTruth.set(0, ofClass(0, 0, 1, 1));
    assertThat(first.hasSameExamples(new TestPredictions(otherTruth))).isFalse();
    TestPredictions.Row number = ofNumber(0, 0.5);
    assertThat(
            new TestPredictions(List.of(number))
                .hasSameExamples(
                    new TestPredictions(
                        List.of(new TestPredictions.Row(0, -1, -1, 8, 0.25, 0.5, 1)))))
        .as("other targets")
        .isFalse();
    TestPredictions none = new TestPredictions(List.of());
    assertThat(none.hasSameExamples(none)).isFalse();
  }
}
