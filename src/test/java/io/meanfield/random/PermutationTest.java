package io.meanfield.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PermutationTest {
  @Property
  void everyPositionIsTheImageOfOneIndex(
      @ForAll @IntRange(min = 1, max = 3000) int size, @ForAll long key) {
    Permutation permutation = new Permutation(size, key);
    BitSet taken = new BitSet(size);
    for (int i = 0; i < size; i++) {
      taken.set((int) permutation.apply(i));
    }
    assertThat(taken.cardinality()).isEqualTo(size);
  }

  @Property
  void positionsOfHugeSizesAreInRange(
      @ForAll @LongRange(min = 1, max = 1L << 60) long size, @ForAll long key) {
    Permutation permutation = new Permutation(size, key);
    assertThat(permutation.apply(0)).isBetween(0L, size - 1);
    assertThat(permutation.apply(size - 1)).isBetween(0L, size - 1);
  }

  @Property(tries = 200)
  void manyPositionsTogetherAreThoseOfEachIndex(
      @ForAll @LongRange(min = 1, max = 1L << 40) long size,
      @ForAll long key,
      @ForAll @IntRange(max = 5000) int count) {
    Permutation permutation = new Permutation(size, key);
    long[] indexes = LongStream.range(0, count).map(i -> i * 7919 % size).toArray();
    long[] expected = LongStream.of(indexes).map(permutation::apply).toArray();
    permutation.applyAll(indexes);
    assertThat(indexes).containsExactly(expected);
  }

  @Property
  void positionsBelowTheSmallerSizeArePermutedAgain(
      @ForAll @IntRange(min = 1, max = 3000) int size,
      @ForAll @IntRange(max = 2000) int rest,
      @ForAll long key) {
    Permutation all = new Permutation(size + rest, key);
    Permutation both = all.thenOfFirst(size, key + 1);
    Permutation inner = new Permutation(size, key + 1);
    long[] found = LongStream.range(0, size + rest).toArray();
    both.applyAll(found);
    for (int i = 0; i < size + rest; i++) {
      long position = all.apply(i);
      assertThat(found[i]).isEqualTo(position < size ? inner.apply(position) : position);
      assertThat(both.apply(i)).isEqualTo(found[i]);
    }
  }

  @Property(tries = 20)
  void differentKeysGiveUnrelatedPermutations(@ForAll long seed) {
    int size = 1000;
    Permutation one = new Permutation(size, Permutation.key(seed, 1));
    Permutation other = new Permutation(size, Permutation.key(seed, 2));
    int same = 0;
    for (int i = 0; i < size; i++) {
      same += one.apply(i) == other.apply(i) ? 1 : 0;
    }
    // Two random permutations have one position in common on average (Poisson); ten or more
    // happen once in ten million pairs.
    assertThat(same).isLessThan(10);
  }

  @Property(tries = 1)
  void indexOutOfRangeIsRejected() {
    assertThatThrownBy(() -> new Permutation(5, 1).apply(5))
        .hasMessage("index must be below 5, found 5");
    assertThatThrownBy(() -> new Permutation(5, 1).applyAll(new long[] {0, -1}))
        .hasMessage("index must be below 5, found -1");
  }
}
