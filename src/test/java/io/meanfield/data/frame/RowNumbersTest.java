package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Segments;
import io.meanfield.data.Split;
import io.meanfield.data.TrainingShare;
import io.meanfield.random.Permutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Rows that are divided by keys, such as times, and lie in any partitions. */
class RowNumbersTest {
  private static final String TIME = "data.columns.time = day";

  /** The keys of the rows of each partition, in the order of the rows. */
  private record Rows(List<List<Long>> partitions) {
    static Rows of(long[] keys, int partitions, long seed) {
      List<List<Long>> rows = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        rows.add(new ArrayList<>());
      }
      Random random = new Random(seed);
      List<Long> shuffled = new ArrayList<>(LongStream.of(keys).boxed().toList());
      Collections.shuffle(shuffled, random);
      shuffled.forEach(key -> rows.get(random.nextInt(partitions)).add(key));
      return new Rows(rows);
    }

    private int count() {
      return partitions.stream().mapToInt(List::size).sum();
    }

    private RowNumbers numbers(long[] bounds) {
      RowNumbers segments = new RowNumbers(bounds, new long[0][]);
      return RowNumbers.ofSegments(
          bounds,
          partitions.stream()
              .map(keys -> segments.counts(keys.stream().mapToLong(key -> key).toArray()))
              .toArray(long[][]::new));
    }

    /** Returns the keys of the rows by their numbers. */
    long[] byNumber(RowNumbers numbers) {
      long[] keys = new long[count()];
      Set<Long> used = new HashSet<>();
      for (int i = 0; i < partitions.size(); i++) {
        long[] next = numbers.starts()[i].clone();
        for (long key : partitions.get(i)) {
          long number = next[numbers.segment(key)]++;
          assertThat(used.add(number)).isTrue();
          keys[(int) number] = key;
        }
      }
      return keys;
    }
  }

  private static Split split(RowNumbers numbers, int rows, TrainingShare share, int workers) {
    Segments segments = new Segments(TIME, numbers.ends(rows));
    return Split.of(rows, Optional.of(segments), share, workers, "t.csv");
  }

  private static String part(Split split, long position) {
    return split.isTest(position) ? "test" : split.isTraining(position) ? "training" : "validation";
  }

  /** Returns the keys of each part, sorted. */
  private static Map<String, List<Long>> parts(Split split, long[] byNumber) {
    Map<String, List<Long>> parts = new HashMap<>();
    Permutation permutation = split.permutation();
    for (int number = 0; number < byNumber.length; number++) {
      parts
          .computeIfAbsent(part(split, permutation.apply(number)), any -> new ArrayList<>())
          .add(byNumber[number]);
    }
    parts.values().forEach(Collections::sort);
    return parts;
  }

  @Property
  void testIsNewerThanValidationAndValidationThanTraining(
      @ForAll @Size(min = 1, max = 300) long[] keys,
      @ForAll @IntRange(min = 1, max = 300) int different,
      @ForAll @DoubleRange(max = 0.6) double validation,
      @ForAll @DoubleRange(max = 0.39) double test,
      @ForAll @IntRange(min = 1, max = 9) int partitions,
      @ForAll long seed) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = keys[i] % different;
    }
    RowNumbers numbers = Rows.of(keys, partitions, seed).numbers(RowNumbers.bounds(keys));
    long[] byNumber = Rows.of(keys, partitions, seed).byNumber(numbers);
    TrainingShare share = new TrainingShare(validation, test, seed);
    int wanted = 1 + (validation > 0 ? 1 : 0) + (test > 0 ? 1 : 0);
    if (Arrays.stream(keys).distinct().count() < wanted) {
      assertThatThrownBy(() -> split(numbers, keys.length, share, 3))
          .hasMessageStartingWith(
              TIME + " divides the " + keys.length + " examples of t.csv into ");
      return;
    }
    Split split;
    try {
      split = split(numbers, keys.length, share, 3);
    } catch (RuntimeException e) { // the test takes all groups but one
      assertThat(validation).isPositive();
      assertThat(test).isPositive();
      assertThat(split(numbers, keys.length, new TrainingShare(0, test, seed), 3).training())
          .isEqualTo(Arrays.stream(keys).filter(key -> key == byNumber[0]).count());
      return;
    }
    Map<String, List<Long>> parts = parts(split, byNumber);
    assertThat(parts).hasSize(wanted).containsKey("training");
    assertThat(parts.get("training")).hasSize((int) split.training());
    List<Long> before = parts.get("training");
    for (String part : List.of("validation", "test")) {
      List<Long> found = parts.getOrDefault(part, List.of());
      if (!found.isEmpty()) {
        assertThat(before.get(before.size() - 1)).isLessThan(found.get(0));
        before = found;
      }
    }
    // The same rows in other partitions, and another seed and number of workers.
    Rows others = Rows.of(keys, 10 - partitions, seed + 1);
    RowNumbers otherNumbers = others.numbers(RowNumbers.bounds(shuffled(keys, seed)));
    Split other =
        split(otherNumbers, keys.length, new TrainingShare(validation, test, seed + 1), 2);
    assertThat(parts(other, others.byNumber(otherNumbers))).isEqualTo(parts);
  }

  private static long[] shuffled(long[] keys, long seed) {
    List<Long> all = new ArrayList<>(LongStream.of(keys).boxed().toList());
    Collections.shuffle(all, new Random(seed));
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  @Property
  void differentKeysHaveTheExactFractions(
      @ForAll @IntRange(min = 3, max = 5_000) int rows,
      @ForAll @IntRange(min = 1, max = 499) int validation,
      @ForAll @IntRange(min = 1, max = 500) int test) {
    long[] keys = LongStream.range(0, rows).map(i -> 7 * i).toArray();
    RowNumbers numbers = Rows.of(keys, 4, rows).numbers(RowNumbers.bounds(keys));
    TrainingShare share = new TrainingShare(validation / 1000.0, test / 1000.0, 1);
    Split split = split(numbers, rows, share, 1);
    assertThat((double) split.test())
        .isBetween(
            Math.min(rows - 2, share.testFraction() * rows - 0.51),
            share.testFraction() * rows + 1);
    assertThat((double) split.validation())
        .isBetween(share.validationFraction() * rows - 2, share.validationFraction() * rows + 2);
  }

  @Property
  void testRowsOfASmallerFractionAreAmongThoseOfALargerOne(
      @ForAll @Size(min = 2, max = 100) long[] keys,
      @ForAll @DoubleRange(min = 0.01, max = 0.9) double fraction) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = keys[i] % 20;
    }
    keys[0] = 100;
    RowNumbers numbers = Rows.of(keys, 2, 1).numbers(RowNumbers.bounds(keys));
    long larger = split(numbers, keys.length, new TrainingShare(0, fraction, 1), 1).test();
    assertThat(split(numbers, keys.length, new TrainingShare(0, fraction / 2, 1), 1).test())
        .isLessThanOrEqualTo(larger);
    assertThat(larger).isPositive();
  }

  @Example
  void aTimeWithMostOfTheRowsIsNotDivided() {
    long[] keys = new long[10_000];
    Arrays.fill(keys, 1_000, 9_000, 5);
    Arrays.fill(keys, 9_000, 10_000, 6);
    RowNumbers numbers = Rows.of(keys, 3, 1).numbers(RowNumbers.bounds(keys));
    assertThat(numbers.ends(10_000)).containsExactly(1_000L, 9_000L, 10_000L);
    assertThat(split(numbers, 10_000, new TrainingShare(0.2, 0.2, 1), 1))
        .extracting(Split::training, Split::validation, Split::test)
        .containsExactly(1_000L, 8_000L, 1_000L);
  }

  @Example
  void fewerTimesThanPartsAreRefused() {
    long[] keys = {3, 3, 3, 8};
    RowNumbers numbers = Rows.of(keys, 1, 1).numbers(RowNumbers.bounds(keys));
    assertThatThrownBy(() -> split(numbers, 4, new TrainingShare(0.2, 0.2, 1), 1))
        .hasMessage(
            "data.columns.time = day divides the 4 examples of t.csv into 3 parts, but its values"
                + " allow only 2; set data.validation-fraction or data.test-fraction to 0 or a"
                + " smaller fraction, or divide by another column");
  }

  @Property(tries = 20)
  void everyTenthKeyOfManyRowsTellsNearlyTheSameSegments(
      @ForAll @IntRange(min = 1, max = 50_000) int different, @ForAll long seed) {
    long[] keys = new Random(seed).ints(100_000, 0, different).mapToLong(i -> i).toArray();
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    long[] some = IntStream.range(0, 10_000).mapToLong(i -> sorted[10 * i + 5]).toArray();
    RowNumbers numbers = Rows.of(keys, 4, seed).numbers(RowNumbers.bounds(some));
    Segments segments = new Segments(TIME, numbers.ends(keys.length));
    long largest = 0; // a segment, or a key with more rows
    for (int i = 1; i < segments.ends().size(); i++) {
      largest = Math.max(largest, segments.ends().get(i) - segments.ends().get(i - 1));
    }
    if (different > 1) {
      Split split = split(numbers, keys.length, new TrainingShare(0, 0.2, 1), 1);
      assertThat((double) split.test()).isBetween(20_000.0 - largest, 20_000.0 + largest);
      assertThat(largest).isLessThan(100_000 / different + 1_000);
    }
  }

  @Property
  void laterTimesHaveLargerKeys(@ForAll double time, @ForAll double other) {
    assertThat(Long.compare(DividingKey.ofTime(time), DividingKey.ofTime(other)))
        .isEqualTo(time == other ? 0 : Double.compare(time, other));
  }
}
