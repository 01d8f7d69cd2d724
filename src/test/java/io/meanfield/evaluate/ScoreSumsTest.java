package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ScoreSumsTest {

  private static void requireEqual(ScoreSums found, Map<Long, double[]> expected) {
    assertThat(found.sortedKeys())
        .containsExactly(expected.keySet().stream().mapToLong(Long::longValue).toArray());
    expected.forEach(
        (key, sum) -> {
          assertThat(found.positive(key)).isEqualTo(sum[0]);
          assertThat(found.negative(key)).isEqualTo(sum[1]);
        });
  }

  /** Sums of fractions depend on their order, which must be that of the calls. */
  @Property
  void sumsHaveTheBitsOfAdditionInOrder(
      @ForAll @Size(max = 300) List<@LongRange(min = 0, max = 40) Long> keys,
      @ForAll @DoubleRange(min = 0.01, max = 3) double weight) {
    ScoreSums sums = new ScoreSums();
    Map<Long, double[]> expected = new TreeMap<>();
    double next = weight;
    for (long key : keys) {
      next = next * 1.37 % 5;
      sums.add(key, next, 0);
      sums.add(key, 0, next / 3);
      double[] sum = expected.computeIfAbsent(key, found -> new double[2]);
      sum[0] += next;
      sum[1] += next / 3;
    }
    requireEqual(sums, expected);
  }

  @Property
  void packsOfTwoPartitionsAddAsTheirSumsDo(
      @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 60) Long> first,
      @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 60) Long> second) {
    ScorePack one = ScorePack.of(0, sums(first, 0.1));
    ScorePack other = ScorePack.of(1, sums(second, 0.7));
    ScorePack sum = one.plus(other);
    ScorePack expected = ScorePack.sum(List.of(other, one));
    assertThat(sum.keys()).containsExactly(expected.keys());
    assertThat(sum.positives()).containsExactly(expected.positives());
    assertThat(sum.negatives()).containsExactly(expected.negatives());
  }

  private static ScoreSums sums(List<Long> keys, double weight) {
    ScoreSums sums = new ScoreSums();
    keys.forEach(key -> sums.add(key, weight * key, weight / (key + 1)));
    return sums;
  }
}
