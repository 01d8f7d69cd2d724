package io.meanfield.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Impute;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.Scaling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NumberSummaryTest {
  private static NumberSummary of(boolean withLogs, double... values) {
    NumberSummary summary = new NumberSummary(withLogs);
    summary.add(values);
    return summary;
  }

  private static Moments moments(double[] values, DoubleUnaryOperator transform) {
    Moments moments = new Moments();
    moments.add(Arrays.stream(values).map(transform).toArray());
    return moments;
  }

  private static Scaling standard(Moments moments) {
    return Scaling.of(moments.mean(), moments.deviation());
  }

  /** Random numbers, of which so many are different. */
  private static double[] numbers(long seed, int different, int count) {
    Random random = new Random(seed);
    double least = random.nextBoolean() ? 0 : -0.1;
    double[] pool = random.doubles(different, least, 1).map(x -> x < 0.5 ? (float) x : x).toArray();
    return IntStream.range(0, count)
        .mapToDouble(i -> i < different ? pool[i] : pool[random.nextInt(different)])
        .toArray();
  }

  private static void requireMoments(NumberSummary summary, double[] values) {
    boolean hasNegative = Arrays.stream(values).anyMatch(value -> value < 0);
    double skewness = moments(values, x -> x).skewness();
    if (hasNegative) {
      assertThat(summary.skewness()).isNaN();
    } else {
      assertThat(summary.skewness()).isCloseTo(skewness, within(1e-9));
    }
    assertThat(summary.fill(Impute.MEAN)).isCloseTo(moments(values, x -> x).mean(), within(1e-12));
    assertThat(summary.scaling(Scale.STANDARD, true))
        .isEqualTo(standard(moments(values, FeatureColumn.Numeric::log)));
  }

  @Property(tries = 20)
  void momentsAreThoseOfEachValueOnBothSidesOfTheLimit(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 15_000) int different) {
    double[] values = numbers(seed, different, different + 5_000);
    requireMoments(of(true, values), values);
    NumberSummary sum = new NumberSummary(true);
    int part = 1 + new Random(seed).nextInt(values.length);
    for (int from = 0; from < values.length; from += part) {
      int end = Math.min(values.length, from + part);
      sum.add(of(true, Arrays.copyOfRange(values, from, end)));
    }
    assertThat(sum.fill(Impute.MEAN)).isCloseTo(moments(values, x -> x).mean(), within(1e-12));
    assertThat(sum.hasAllValues())
        .isEqualTo(Arrays.stream(values).distinct().count() <= ValueCounts.EXACT);
    assertThat(sum.fill(Impute.MEDIAN)).isEqualTo(of(true, values).fill(Impute.MEDIAN));
  }

  @Test
  void logarithmsThatWereNotSummedAreNotMadeUp() {
    double[] few = numbers(1, 10, 20);
    Scaling counted = of(false, few).scaling(Scale.STANDARD, true);
    Scaling summed = of(true, few).scaling(Scale.STANDARD, true);
    assertThat(counted.center()).isCloseTo(summed.center(), within(1e-12));
    assertThat(counted.divisor()).isCloseTo(summed.divisor(), within(1e-12));
    NumberSummary many = of(false, numbers(1, ValueCounts.EXACT + 100, 20_000));
    assertThatThrownBy(() -> many.scaling(Scale.STANDARD, true))
        .isInstanceOf(IllegalStateException.class);
  }

  @Property(tries = 20)
  void countsAreThoseOfAMapAndSurviveSerialization(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12_000) int different)
      throws IOException, ClassNotFoundException {
    double[] values = numbers(seed, different, 2 * different);
    DistinctCounts counts = new DistinctCounts();
    BucketCounts buckets = new BucketCounts();
    Map<Double, Long> expected = new HashMap<>();
    ValueCounts sent = new ValueCounts();
    for (double value : values) {
      double signed = value < 0.5 ? -value + 0.0 : value;
      counts.add(signed, 1);
      buckets.add(signed, 1);
      sent.add(signed, 1);
      expected.merge(signed, 1L, Long::sum);
    }
    assertThat(counts.size()).isEqualTo(expected.size());
    Map<Double, Long> found = new HashMap<>();
    counts.forEach(found::put);
    assertThat(found).isEqualTo(expected);
    expected.forEach((value, count) -> assertThat(counts.count(value)).isEqualTo(count));
    buckets.forEach(
        (middle, count) -> {
          assertThat(buckets.count(middle)).isEqualTo(count);
          assertThat(counts.count(middle)).isLessThanOrEqualTo(count);
        });
    ValueCounts received = copy(sent);
    assertThat(received.areExact()).isEqualTo(sent.areExact());
    assertThat(received.sorted().values()).containsExactly(sent.sorted().values());
    assertThat(received.sorted().ends()).containsExactly(sent.sorted().ends());
  }

  private static ValueCounts copy(ValueCounts counts) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(counts);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ValueCounts) in.readObject();
    }
  }

  @Test
  void bucketsAreNarrowAndZeroHasItsOwn() {
    BucketCounts buckets = new BucketCounts();
    double[] values = {0, Double.MIN_VALUE, -1e-300, 1, -3.7, 1e300, Float.MAX_VALUE};
    Arrays.stream(values).forEach(value -> buckets.add(value, 2));
    Map<Double, Long> found = new HashMap<>();
    buckets.forEach(found::put);
    assertThat(found).hasSize(values.length).containsEntry(0.0, 2L);
    for (double value : values) {
      assertThat(buckets.count(value)).isEqualTo(2);
    }
    for (double value : new double[] {-1e-300, 1, -3.7, 1e300}) {
      assertThat(found.keySet())
          .anySatisfy(
              middle -> assertThat(middle).isCloseTo(value, within(Math.abs(value) / 8192)));
    }
  }
}
