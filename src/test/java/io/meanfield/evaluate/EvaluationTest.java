package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.evaluate.interval.IntervalResult;
import io.meanfield.evaluate.metric.CalibrationBin;
import io.meanfield.evaluate.metric.MetricSet;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.metric.Ranking;
import io.meanfield.network.ErrorScale;
import io.meanfield.network.Intervals;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Evaluations of blocks of predictions, without Spark. */
class EvaluationTest {
  private static final OutputSpec BINARY =
      new OutputSpec(TaskType.BINARY, Loss.BINARY_CROSSENTROPY, 1);
  private static final OutputSpec REGRESSION = new OutputSpec(TaskType.REGRESSION, Loss.MSE, 1);

  private static PredictionBlock block(OutputSpec spec, float[] targets, float[] outputs) {
    return new PredictionBlock(
        new long[outputs.length / spec.width()], new String[0], targets, outputs, spec);
  }

  private static Evaluation evaluate(PredictionBlock... blocks) {
    OutputSpec spec = blocks[0].spec();
    MetricSet sum = MetricSet.sum(Arrays.stream(blocks).map(MetricSet::of).toList(), spec);
    return Evaluation.of(sum, spec, false, Collections.nCopies(spec.classes(), Ranking.UNDEFINED));
  }

  @Example
  void binaryClassifierWithOneOutputHasConfusionAndLogLoss() {
    PredictionBlock block =
        block(BINARY, new float[] {1, 1, 0, 0}, new float[] {0.9f, 0.2f, 0.2f, 0.4f});
    Evaluation evaluation = evaluate(block);
    assertThat(evaluation.value("accuracy")).contains(0.75);
    assertThat(evaluation.confusion()).isEqualTo(List.of(List.of(2L, 0L), List.of(1L, 1L)));
    double logLoss = -(Math.log(0.9) + Math.log(0.2) + Math.log(0.8) + Math.log(0.6)) / 4;
    assertThat(evaluation.value("log_loss").orElseThrow()).isCloseTo(logLoss, within(1e-6));
    // Confidence 0.9 is correct; 0.8 is wrong and correct in one bin; 0.6 is correct.
    assertThat(evaluation.value("expected_calibration_error").orElseThrow())
        .isCloseTo((0.1 + 0.6 + 0.4) / 4, within(1e-6));
    assertThat(evaluation.value("hamming_loss")).isEmpty();
    assertThat(evaluation.value("mse")).isEmpty();
    assertThat(evaluation.value("mae")).isEmpty();
    assertThat(evaluation.value("r2")).isEmpty();
  }

  @Example
  void intervalsHaveCoverageWidthAndScore() {
    Intervals around =
        new Intervals(
            List.of(new Intervals.Level(0.8, List.of(2.0))),
            List.of(new ErrorScale(List.of(0.0), List.of(0.5))));
    OutputSpec spec = new OutputSpec(TaskType.REGRESSION, Loss.MSE, 1, Threshold.DEFAULT, around);
    PredictionBlock first = block(spec, new float[] {1, 2, 3}, new float[] {1.5f, 3, 3});
    PredictionBlock second = block(spec, new float[] {4}, new float[] {7});
    // Half a width is 1: errors of 0.5, 1 and 0 are inside, that of 3 is 2 outside.
    assertThat(evaluate(first, second).intervals())
        .containsExactly(
            new IntervalResult(
                0.8,
                0,
                0.75,
                Optional.of(2.0),
                Optional.of(2 + 2 / (1 - 0.8) * 2 / 4),
                Optional.empty(),
                Optional.empty()));
    assertThat(evaluate(block(REGRESSION, new float[] {1}, new float[] {1})).intervals()).isEmpty();
  }

  @Example
  void setsHaveCoverageAndSize() {
    Intervals sets = new Intervals(List.of(new Intervals.Level(0.9, List.of(0.75))), List.of());
    OutputSpec spec =
        new OutputSpec(TaskType.BINARY, Loss.BINARY_CROSSENTROPY, 1, Threshold.DEFAULT, sets);
    // {0, 1}, {1}, {0}, {0, 1}
    PredictionBlock block =
        block(spec, new float[] {0, 0, 0, 1}, new float[] {0.6f, 0.9f, 0.1f, 0.25f});
    assertThat(evaluate(block).intervals())
        .containsExactly(
            new IntervalResult(
                0.9,
                0,
                0.75,
                Optional.empty(),
                Optional.empty(),
                Optional.of(1.5),
                Optional.of(0.5)));
  }

  @Example
  void thresholdDecidesAboutThePredictedClassAndAllThatFollows() {
    float[] targets = {1, 1, 0, 0};
    float[] outputs = {0.9f, 0.2f, 0.2f, 0.1f};
    Evaluation half = evaluate(block(BINARY, targets, outputs));
    assertThat(half.threshold()).contains(0.5f);
    assertThat(half.value("precision")).contains(1.0);
    assertThat(half.value("recall")).contains(0.5);
    Evaluation low = evaluate(block(BINARY.with(Threshold.of(0.2f)), targets, outputs));
    assertThat(low.threshold()).contains(0.2f);
    assertThat(low.confusion()).isEqualTo(List.of(List.of(1L, 1L), List.of(0L, 2L)));
    assertThat(low.value("accuracy")).contains(0.75);
    assertThat(low.value("precision").orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(low.value("recall")).contains(1.0);
    assertThat(low.value("f1").orElseThrow()).isCloseTo(0.8, within(1e-12));
    assertThat(low.value("log_loss")).isEqualTo(half.value("log_loss"));
  }

  @Example
  void brierScoreIsTheMeanSquaredErrorOfProbabilities() {
    Evaluation binary = evaluate(block(BINARY, new float[] {1, 0}, new float[] {0.75f, 0.5f}));
    assertThat(binary.value("brier_score").orElseThrow())
        .isCloseTo((0.0625 + 0.25) / 2, within(1e-12));
    OutputSpec three = new OutputSpec(TaskType.MULTI_CLASS, Loss.CATEGORICAL_CROSSENTROPY, 3);
    Evaluation classes =
        evaluate(block(three, new float[] {1, 0, 0}, new float[] {0.5f, 0.25f, 0.25f}));
    assertThat(classes.value("brier_score").orElseThrow())
        .isCloseTo(0.25 + 2 * 0.0625, within(1e-12));
    assertThat(classes.value("f1")).isEmpty();
    assertThat(classes.threshold()).isEmpty();
  }

  @Example
  void calibrationComparesMeanProbabilityWithObservedShare() {
    Evaluation evaluation =
        evaluate(
            block(BINARY, new float[] {1, 0}, new float[] {0.25f, 0.25f}),
            block(BINARY, new float[] {0, 1}, new float[] {0.25f, 1}));
    assertThat(evaluation.calibration())
        .containsExactly(
            new CalibrationBin(1, 2, 0.2, 0.3, 3, 0.25, 1 / 3.0),
            new CalibrationBin(1, 9, 0.9, 1, 1, 1, 1));
  }

  @Example
  void accuracyNoBetterThanTheMajorityIsNotedUnlessAThresholdIsSet() {
    float[] targets = new float[100];
    float[] outputs = new float[100];
    Arrays.fill(targets, 0, 6, 1);
    outputs[0] = 0.9f; // found
    outputs[99] = 0.9f; // wrong
    assertThat(evaluate(block(BINARY, targets, outputs)).notes())
        .containsExactly(
            "the accuracy of 94.00 % is no better than 94.00 %, that of always predicting class 0;"
                + " compare pr_auc with the share of class 1, and set train.threshold or"
                + " data.balance");
    assertThat(evaluate(block(BINARY.with(Threshold.of(0.5f)), targets, outputs)).notes())
        .isEmpty();
    outputs[1] = 0.9f; // found: better than the majority
    assertThat(evaluate(block(BINARY, targets, outputs)).notes()).isEmpty();
  }

  @Example
  void linearOutputsHaveNoProbabilityMetrics() {
    PredictionBlock block =
        block(
            new OutputSpec(TaskType.BINARY, Loss.MSE, 1), new float[] {1, 0}, new float[] {3, -3});
    Evaluation evaluation = evaluate(block);
    assertThat(evaluation.value("accuracy")).contains(1.0);
    assertThat(evaluation.value("log_loss")).isEmpty();
    assertThat(evaluation.value("expected_calibration_error")).isEmpty();
  }

  @Example
  void multiLabelMetricsCountLabelsAndWholeExamples() {
    PredictionBlock block =
        block(
            new OutputSpec(TaskType.MULTI_LABEL, Loss.BINARY_CROSSENTROPY, 2),
            new float[] {1, 1, 0, 1, 0, 0},
            new float[] {0.8f, 0.7f, 0.6f, 0.9f, 0.1f, 0.2f});
    Evaluation evaluation = evaluate(block);
    assertThat(evaluation.value("accuracy").orElseThrow()).isEqualTo(2 / 3.0);
    assertThat(evaluation.value("hamming_loss").orElseThrow()).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(evaluation.classes().get(0).precision()).isEqualTo(0.5);
    assertThat(evaluation.classes().get(0).recall()).isEqualTo(1);
    assertThat(evaluation.classes().get(1).f1()).isEqualTo(1);
    assertThat(evaluation.confusion()).isEmpty();
  }

  /** Compares with the definitions, computed in one pass over all examples. */
  @Property
  void regressionErrorsDoNotDependOnTheBlocks(
      @ForAll @Size(min = 2, max = 40) List<@FloatRange(min = 900, max = 1000) Float> values,
      @ForAll @IntRange(min = 0, max = 40) int cut) {
    int count = values.size() / 2;
    float[] targets = new float[count];
    float[] outputs = new float[count];
    for (int i = 0; i < count; i++) {
      targets[i] = values.get(i);
      outputs[i] = values.get(count + i);
    }
    int first = Math.min(cut, count);
    Evaluation evaluation =
        evaluate(part(targets, outputs, 0, first), part(targets, outputs, first, count));
    double squared = 0;
    double absolute = 0;
    double mean = 0;
    for (int i = 0; i < count; i++) {
      squared += Math.pow((double) outputs[i] - targets[i], 2);
      absolute += Math.abs((double) outputs[i] - targets[i]);
      mean += targets[i] / (double) count;
    }
    double m2 = 0;
    for (float target : targets) {
      m2 += (target - mean) * (target - mean);
    }
    assertThat(evaluation.value("mse").orElseThrow()).isCloseTo(squared / count, within(1e-6));
    assertThat(evaluation.value("mae").orElseThrow()).isCloseTo(absolute / count, within(1e-6));
    if (m2 > 1e-3) {
      double r2 = 1 - squared / m2;
      assertThat(evaluation.value("r2").orElseThrow())
          .isCloseTo(r2, within(1e-6 * (1 + Math.abs(r2))));
    }
  }

  private static PredictionBlock part(float[] targets, float[] outputs, int from, int to) {
    return block(
        REGRESSION, Arrays.copyOfRange(targets, from, to), Arrays.copyOfRange(outputs, from, to));
  }

  @Example
  void equalTargetsHaveNoR2() {
    PredictionBlock block = block(REGRESSION, new float[] {2, 2}, new float[] {1, 3});
    Evaluation evaluation = evaluate(block);
    assertThat(evaluation.value("mse")).contains(1.0);
    assertThat(evaluation.value("mae")).contains(1.0);
    assertThat(evaluation.value("r2")).isEmpty();
    assertThat(evaluation.value("accuracy")).isEmpty();
    assertThat(evaluation.value("macro_f1")).isEmpty();
  }
}
