package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.evaluate.metric.MetricSet;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
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
    return Evaluation.of(sum, false, Collections.nCopies(spec.classes(), Optional.empty()));
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
  void scoreOfClassZeroIsOneMinusTheOutput() {
    PredictionBlock block = block(BINARY, new float[] {1}, new float[] {0.9f});
    assertThat(block.score(0, 1)).isEqualTo(0.9f);
    assertThat(block.score(0, 0)).isEqualTo(1 - 0.9f);
    assertThat(block.spec().classes()).isEqualTo(2);
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

  @Example
  void unknownMetricNameIsRefused() {
    PredictionBlock block = block(REGRESSION, new float[] {2}, new float[] {1});
    assertThatThrownBy(() -> evaluate(block).value("mean_error"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no metric has the name mean_error");
  }
}
