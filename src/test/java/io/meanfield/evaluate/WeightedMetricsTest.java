package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.evaluate.metric.CalibrationBin;
import io.meanfield.evaluate.metric.ClassResult;
import io.meanfield.evaluate.metric.MetricSet;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.metric.Ranking;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** An example of weight n counts in every metric like n examples, and one of weight 0 like none. */
class WeightedMetricsTest {
  // ScoreWeightsIT compares those of weighted and repeated examples.
  private static final Ranking RANKING =
      new Ranking(Optional.of(0.5), Optional.of(0.5), Optional.of(1.0));

  private static List<OutputSpec> allOutputSpecs() {
    List<OutputSpec> all = new ArrayList<>();
    for (Loss loss : Arrays.stream(Loss.Kind.values()).map(Loss::of).toList()) {
      for (TaskType task : TaskType.values()) {
        all.add(new OutputSpec(task, loss, task == TaskType.BINARY ? 1 : 3));
      }
    }
    return all;
  }

  /** Random examples; those of weight n are repeated n times if {@code repeated}. */
  private record Examples(OutputSpec spec, List<Integer> weights, long seed) {
    private float[] numbers(boolean targets) {
      Random random = new Random(targets ? seed : seed + 1);
      float[] numbers = new float[weights.size() * spec.width()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] =
            targets && spec.taskType() != TaskType.REGRESSION
                ? random.nextInt(2)
                : random.nextFloat();
      }
      if (targets && spec.taskType() == TaskType.MULTI_CLASS) {
        Arrays.fill(numbers, 0);
        for (int row = 0; row < weights.size(); row++) {
          numbers[row * spec.width() + random.nextInt(spec.width())] = 1;
        }
      }
      return numbers;
    }

    private float[] repeated(float[] numbers) {
      float[] all = new float[weights.stream().mapToInt(Integer::intValue).sum() * spec.width()];
      int next = 0;
      for (int row = 0; row < weights.size(); row++) {
        for (int time = 0; time < weights.get(row); time++) {
          System.arraycopy(numbers, row * spec.width(), all, next, spec.width());
          next += spec.width();
        }
      }
      return all;
    }

    PredictionBlock repeated() {
      float[] outputs = repeated(numbers(false));
      return new PredictionBlock(
          new long[outputs.length / spec.width()],
          new String[0],
          repeated(numbers(true)),
          outputs,
          spec);
    }

    PredictionBlock weighted(int first, int end) {
      float[] all = new float[weights.size()];
      IntStream.range(0, all.length).forEach(row -> all[row] = weights.get(row));
      return new PredictionBlock(
          new long[end - first],
          new String[0],
          Arrays.copyOfRange(numbers(true), first * spec.width(), end * spec.width()),
          Arrays.copyOfRange(numbers(false), first * spec.width(), end * spec.width()),
          spec,
          Arrays.copyOfRange(all, first, end));
    }
  }

  private static Evaluation evaluate(boolean weighted, PredictionBlock... blocks) {
    OutputSpec spec = blocks[0].spec();
    MetricSet sum = MetricSet.sum(Arrays.stream(blocks).map(MetricSet::of).toList(), spec);
    return Evaluation.of(sum, spec, weighted, Collections.nCopies(spec.classes(), RANKING));
  }

  private static void assertSame(Evaluation weighted, Evaluation repeated) {
    assertThat(weighted.weight().orElseThrow()).isEqualTo((double) repeated.examples());
    assertThat(weighted.loss()).isCloseTo(repeated.loss(), within(1e-9));
    assertThat(weighted.values().keySet()).isEqualTo(repeated.values().keySet());
    weighted
        .values()
        .forEach(
            (name, value) -> {
              double expected = repeated.values().get(name);
              // R2 of targets that hardly differ is large, and so is its rounding.
              double bound = 1e-7 * Math.max(1, Math.abs(expected));
              assertThat(value).as(name).isCloseTo(expected, within(bound));
            });
    for (int cls = 0; cls < weighted.classes().size(); cls++) {
      assertSame(weighted.classes().get(cls), repeated.classes().get(cls));
    }
    assertThat(weighted.calibration()).hasSameSizeAs(repeated.calibration());
    for (int bin = 0; bin < weighted.calibration().size(); bin++) {
      assertSame(weighted.calibration().get(bin), repeated.calibration().get(bin));
    }
  }

  private static void assertSame(CalibrationBin weighted, CalibrationBin repeated) {
    assertThat(weighted.bin()).isEqualTo(repeated.bin());
    assertThat(weighted.meanPredicted()).isCloseTo(repeated.meanPredicted(), within(1e-9));
    assertThat(weighted.observed()).isCloseTo(repeated.observed(), within(1e-9));
  }

  private static void assertSame(ClassResult weighted, ClassResult repeated) {
    assertThat(weighted.weight()).isEqualTo((double) repeated.support());
    assertThat(weighted.precision()).isCloseTo(repeated.precision(), within(1e-12));
    assertThat(weighted.recall()).isCloseTo(repeated.recall(), within(1e-12));
    assertThat(weighted.f1()).isCloseTo(repeated.f1(), within(1e-12));
  }

  @Property(tries = 100)
  void everyMetricOfWeightedExamplesIsThatOfRepeatedExamples(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 3) Integer> weights,
      @ForAll @IntRange(max = 30) int cut,
      @ForAll long seed) {
    List<Integer> some = new ArrayList<>(weights);
    some.set(0, 2); // the metrics of no examples are not defined
    int first = Math.min(cut, some.size());
    for (OutputSpec spec : allOutputSpecs()) {
      Examples examples = new Examples(spec, some, seed);
      Evaluation weighted =
          evaluate(true, examples.weighted(0, first), examples.weighted(first, some.size()));
      assertThat(weighted.examples()).isEqualTo(some.size());
      assertSame(weighted, evaluate(false, examples.repeated()));
    }
  }

  @Example
  void thePropertyChecksEveryMetric() {
    TreeSet<String> checked = new TreeSet<>();
    allOutputSpecs()
        .forEach(
            spec -> {
              Examples examples = new Examples(spec, List.of(2, 1, 3, 1, 1, 2), 5);
              checked.addAll(evaluate(true, examples.weighted(0, 6)).values().keySet());
            });
    assertThat(checked).containsExactlyInAnyOrderElementsOf(Metrics.names());
  }

  @Example
  void weightedEvaluationHasNoNumberOfCorrectExamples() {
    OutputSpec spec = new OutputSpec(TaskType.BINARY, Loss.MSE, 1);
    PredictionBlock block =
        new PredictionBlock(
            new long[2],
            new String[0],
            new float[] {1, 0},
            new float[] {1, 1},
            spec,
            new float[] {0.5f, 1.5f});
    assertThat(evaluate(true, block).value("accuracy")).contains(0.25);
    assertThat(evaluate(true, block).correct()).isEmpty();
  }
}
