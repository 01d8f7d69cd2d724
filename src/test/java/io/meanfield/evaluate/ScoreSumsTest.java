package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

class ScoreSumsTest {
  private static final OutputSpec BINARY =
      new OutputSpec(TaskType.BINARY, Loss.BINARY_CROSSENTROPY, 1);

  private static PredictionBlock block(List<Float> scores, float weight) {
    int count = scores.size();
    float[] targets = new float[count];
    float[] outputs = new float[count];
    float[] weights = new float[count];
    for (int row = 0; row < count; row++) {
      targets[row] = row % 3 == 0 ? 1 : 0;
      outputs[row] = scores.get(row);
      weights[row] = weight / (row + 1);
    }
    return new PredictionBlock(new long[count], new String[0], targets, outputs, BINARY, weights);
  }

  /** Sums of fractions depend on their order, which must be that of the examples. */
  @Property
  void sumsHaveTheBitsOfAdditionInOrder(
      @ForAll @Size(max = 60) List<@FloatRange(min = 0, max = 1) Float> scores) {
    PredictionBlock block = block(scores, 0.7f);
    ScoreSums sums = ScoreSums.of(block, 1, 1);
    Map<Long, double[]> expected = new TreeMap<>();
    for (int row = 0; row < block.count(); row++) {
      double[] sum =
          expected.computeIfAbsent(ScoreSums.rank(block.score(row, 1)), key -> new double[2]);
      sum[row % 3 == 0 ? 0 : 1] += block.weight(row);
    }
    assertThat(sums.keys())
        .containsExactly(expected.keySet().stream().mapToLong(key -> 1L << 32 | key).toArray());
    assertThat(sums.positives())
        .containsExactly(expected.values().stream().mapToDouble(sum -> sum[0]).toArray());
    assertThat(sums.negatives())
        .containsExactly(expected.values().stream().mapToDouble(sum -> sum[1]).toArray());
  }

  @Property
  void keysOfTwoPartsAreThoseOfEither(
      @ForAll @Size(max = 60) List<@FloatRange(min = 0, max = 1) Float> first,
      @ForAll @Size(max = 60) List<@FloatRange(min = 0, max = 1) Float> second) {
    ScoreSums one = ScoreSums.of(block(first, 0.1f), 0, 1);
    ScoreSums other = ScoreSums.of(block(second, 0.7f), 0, 1);
    ScoreSums sum = one.plus(other);
    assertThat(sum.keys())
        .containsExactly(
            LongStream.concat(LongStream.of(one.keys()), LongStream.of(other.keys()))
                .sorted()
                .distinct()
                .toArray());
    double all = DoubleStream.of(sum.positives()).sum();
    assertThat(all)
        .isCloseTo(
            DoubleStream.of(one.positives()).sum() + DoubleStream.of(other.positives()).sum(),
            within(1e-9));
  }

  @Property
  void scoreOfARankIsTheSmallestThatCountsAsATie(@ForAll float score) {
    float smallest = ScoreSums.score(ScoreSums.rank(score));
    assertThat(smallest).isLessThanOrEqualTo(score + 0f);
    assertThat(ScoreSums.rank(smallest)).isEqualTo(ScoreSums.rank(score));
    assertThat(ScoreSums.rank(Math.nextDown(smallest))).isNotEqualTo(ScoreSums.rank(score));
  }
}
