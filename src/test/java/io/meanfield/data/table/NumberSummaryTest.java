package io.meanfield.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Impute;
import io.meanfield.data.column.Scale;
import io.meanfield.data.encoding.ValueCounts;
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
  private static NumberSummary of(double... values) {
    NumberSummary summary = new NumberSummary();
    summary.add(values);
    return summary;
  }

  private static Moments moments(double[] values, DoubleUnaryOperator transform) {
    Moments moments = new Moments();
    moments.add(Arrays.stream(values).map(transform).toArray());
    return moments;
  }

  private static ColumnScaling standard(Moments moments) {
    return ColumnScaling.of(moments.mean(), moments.deviation());
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
    ColumnScaling logs = standard(moments(values, FeatureColumn::log));
    ColumnScaling found = summary.scaling(Scale.STANDARD, true);
    boolean isExact = Arrays.stream(values).distinct().count() <= ValueCounts.EXACT;
    assertThat(found.center()).isCloseTo(logs.center(), within(isExact ? 1e-12 : 1e-4));
    assertThat(found.divisor()).isCloseTo(logs.divisor(), within(isExact ? 1e-12 : 1e-4));
  }

  @Property(tries = 20)
  void momentsAreThoseOfEachValueOnBothSidesOfTheLimit(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 15_000) int different) {
    double[] values = numbers(seed, different, different + 5_000);
    requireMoments(of(values), values);
    NumberSummary sum = new NumberSummary();
    int part = 1 + new Random(seed).nextInt(values.length);
    for (int from = 0; from < values.length; from += part) {
      int end = Math.min(values.length, from + part);
      sum.add(of(Arrays.copyOfRange(values, from, end)));
    }
    assertThat(sum.fill(Impute.MEAN)).isCloseTo(moments(values, x -> x).mean(), within(1e-12));
    assertThat(sum.fill(Impute.MEDIAN)).isEqualTo(of(values).fill(Impute.MEDIAN));
  }

  @Property(tries = 20)
  void countsAreThoseOfAMapAndSurviveSerialization(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12_000) int different)
      throws IOException, ClassNotFoundException {
    Map<Double, Long> expected = new HashMap<>();
    ValueCounts sent = new ValueCounts();
    for (double value : numbers(seed, different, 2 * different)) {
      double signed = value < 0.5 ? -value + 0.0 : value;
      sent.add(signed, 1);
      expected.merge(signed, 1L, Long::sum);
    }
    ValueCounts received = copy(sent);
    if (expected.size() <= ValueCounts.EXACT) {
      double[] sorted = expected.keySet().stream().mapToDouble(x -> x).sorted().toArray();
      assertThat(received.sorted().values()).containsExactly(sorted);
      assertThat(received.sorted().times())
          .containsExactly(Arrays.stream(sorted).map(expected::get).toArray());
    }
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
    ValueCounts counts = new ValueCounts();
    IntStream.rangeClosed(0, ValueCounts.EXACT).forEach(i -> counts.add(1 + i * 1e-9, 1));
    double[] values = {-3.7, -1e-300, 0, 2, 1e300};
    Arrays.stream(values).forEach(value -> counts.add(value, 2));
    double[] found = counts.sorted().values();
    assertThat(found).hasSize(values.length + 1).contains(0.0); // all near 1 have one bucket
    for (double value : values) {
      assertThat(Arrays.stream(found).map(x -> Math.abs(x - value)).min().orElseThrow())
          .isLessThanOrEqualTo(Math.abs(value) / 1024);
    }
  }
}
