package io.meanfield.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ValueCountsTest {
  private static ValueCounts of(double... values) {
    ValueCounts counts = new ValueCounts();
    DoubleStream.of(values).forEach(value -> counts.add(value, 1));
    return counts;
  }

  private static double quantile(ValueCounts counts, double fraction) {
    return counts.sorted().quantile(fraction, x -> x);
  }

  @Test
  void medianOfAnOddCountIsTheMiddleAndOfAnEvenCountTheMeanOfTwo() {
    assertThat(quantile(of(3, -1, 2), 0.5)).isEqualTo(2);
    assertThat(quantile(of(4, 1, 3, 2), 0.5)).isEqualTo(2.5);
    assertThat(quantile(of(7), 0.5)).isEqualTo(7);
    assertThat(quantile(of(0.0, 0.0, 5), 0.5)).isZero();
  }

  @Test
  void quartilesAreInterpolatedAsInNumPy() {
    // numpy.quantile([1, 2, 3, 4], [0.25, 0.75]) is [1.75, 3.25].
    assertThat(quantile(of(1, 2, 3, 4), 0.25)).isEqualTo(1.75);
    assertThat(quantile(of(1, 2, 3, 4), 0.75)).isEqualTo(3.25);
  }

  @Test
  void quantilesOfManyValuesDifferByAtMostOnePartIn1024() {
    int count = 3 * ValueCounts.EXACT;
    ValueCounts counts = of(IntStream.range(0, count).mapToDouble(i -> 100 + i / 7.0).toArray());
    for (double fraction : new double[] {0, 0.1, 0.25, 0.5, 0.75, 1}) {
      double exact = 100 + fraction * (count - 1) / 7.0;
      assertThat(quantile(counts, fraction)).isCloseTo(exact, within(exact / 1024));
    }
  }

  @Property(tries = 20)
  void orderAndPartsDoNotMatterWithMoreValuesThanAreExact(
      @ForAll @IntRange(min = 2, max = 40) int parts, @ForAll long seed) {
    List<Double> values = new ArrayList<>();
    Random random = new Random(seed);
    int count = ValueCounts.EXACT / 2 + random.nextInt(ValueCounts.EXACT);
    IntStream.range(0, count).forEach(i -> values.add(random.nextGaussian()));
    ValueCounts one = new ValueCounts();
    values.forEach(value -> one.add(value, 1));
    Collections.shuffle(values, random);
    ValueCounts sum = new ValueCounts();
    for (int part = 0; part < parts; part++) {
      ValueCounts each = new ValueCounts();
      for (int i = part; i < count; i += parts) {
        each.add(values.get(i), 1);
      }
      sum.add(each);
    }
    assertThat(sum.sorted().values()).containsExactly(one.sorted().values());
    assertThat(sum.sorted().ends()).containsExactly(one.sorted().ends());
  }
}
