package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

class RocAucTest {
  /**
   * Returns the area by its definition: the fraction of pairs in the right order, where ties count
   * half.
   */
  private static double pairs(List<Float> positives, List<Float> negatives) {
    double right = 0;
    for (float positive : positives) {
      for (float negative : negatives) {
        long p = RocAuc.rank(positive);
        long n = RocAuc.rank(negative);
        right += p > n ? 1 : p == n ? 0.5 : 0;
      }
    }
    return right / (positives.size() * (double) negatives.size());
  }

  @Property
  void areaIsTheFractionOfPairsInOrder(
      @ForAll @Size(min = 1, max = 30) List<@FloatRange(min = -2, max = 2) Float> positives,
      @ForAll @Size(min = 1, max = 30) List<@FloatRange(min = -2, max = 2) Float> negatives) {
    SortedMap<Long, long[]> counts = new TreeMap<>();
    positives.forEach(
        score -> counts.computeIfAbsent(RocAuc.rank(score), rank -> new long[2])[0]++);
    negatives.forEach(
        score -> counts.computeIfAbsent(RocAuc.rank(score), rank -> new long[2])[1]++);
    List<RocAuc.Bin> bins = new ArrayList<>();
    counts.forEach((rank, count) -> bins.add(new RocAuc.Bin(rank, count[0], count[1])));
    assertThat(RocAuc.area(bins).orElseThrow())
        .isCloseTo(pairs(positives, negatives), within(1e-12));
  }

  @Property
  void ranksFollowScores(@ForAll float one, @ForAll float other) {
    if (one > other + Math.abs(other) * 1e-4f + 1e-30f) {
      assertThat(RocAuc.rank(one)).isGreaterThan(RocAuc.rank(other));
    }
    assertThat(RocAuc.rank(-0f)).isEqualTo(RocAuc.rank(0f));
  }

  @Example
  void classThatAllExamplesHaveHasNoArea() {
    assertThat(RocAuc.area(List.of(new RocAuc.Bin(1, 5, 0)))).isEqualTo(Optional.empty());
  }
}
