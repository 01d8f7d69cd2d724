package io.meanfield.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.random.Permutation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SplitTest {
  @Example
  void thirtyPercentOfMnistAreForValidation() {
    Split split = Split.of(60_000, 0.3, 2, 777);
    assertThat(split.training()).isEqualTo(42_000);
    assertThat(split.validation()).isEqualTo(18_000);
    assertThat(split.trainingShardSize(0)).isEqualTo(21_000);
    assertThat(split.trainingShardSize(1)).isEqualTo(21_000);
  }

  @Property
  void everyExampleHasItsOwnRow(
      @ForAll @IntRange(max = 400) int examples,
      @ForAll @DoubleRange(max = 0.99) double fraction,
      @ForAll @IntRange(min = 1, max = 17) int workers,
      @ForAll long seed) {
    Split split = Split.of(examples, fraction, workers, seed);
    Permutation permutation = split.permutation();
    Set<String> rows = new HashSet<>();
    for (int id = 0; id < examples; id++) {
      long position = permutation.apply(id);
      boolean training = split.isTraining(position);
      int worker = split.worker(position);
      assertThat(split.row(position))
          .isLessThan(
              training ? split.trainingShardSize(worker) : split.validationShardSize(worker));
      rows.add(training + " " + worker + " " + split.row(position));
    }
    assertThat(rows).hasSize(examples);
    int all = 0;
    for (int worker = 0; worker < workers; worker++) {
      all += split.trainingShardSize(worker) + split.validationShardSize(worker);
      assertThat(split.trainingShardSize(0) - split.trainingShardSize(worker)).isBetween(0, 1);
    }
    assertThat(all).isEqualTo(examples);
  }

  @Property
  void testExamplesDependOnTheirFractionAlone(
      @ForAll @IntRange(min = 1, max = 400) int examples,
      @ForAll @DoubleRange(max = 0.5) double fraction,
      @ForAll @DoubleRange(max = 0.4) double validation,
      @ForAll long seed) {
    Split split = Split.of(examples, new TrainingShare(validation, fraction, seed), 3);
    Set<Long> test = testExamples(split);
    assertThat(test).hasSize((int) Math.round(examples * fraction));
    assertThat(split.training() + split.validation() + split.test()).isEqualTo(examples);
    assertThat(testExamples(Split.of(examples, new TrainingShare(0, fraction, seed + 1), 1)))
        .isEqualTo(test);
    assertThat(test)
        .containsAll(testExamples(Split.of(examples, new TrainingShare(0, fraction / 2, seed), 1)));
  }

  private static Set<Long> testExamples(Split split) {
    Permutation permutation = split.permutation();
    Set<Long> test = new HashSet<>();
    for (long id = 0; id < split.examples(); id++) {
      long position = permutation.apply(id);
      if (split.isTest(position)) {
        assertThat(split.isTraining(position)).isFalse();
        test.add(id);
      }
    }
    return test;
  }

  @Example
  void workersWithMoreExamplesThanAnIntCountsAreRefused() {
    new Split(Integer.MAX_VALUE, 0, 1, 1).requireEnoughWorkers();
    new Split(3_000_000_000L, 0, 2, 1).requireEnoughWorkers();
    assertThatThrownBy(() -> new Split(3_000_000_000L, 0, 1, 1).requireEnoughWorkers())
        .hasMessage(
            "a worker can have at most 2147483647 examples, but 1 worker has 3000000000; set"
                + " train.workers to at least 2");
  }

  /** Returns the split of groups of these sizes if the number of folds is automatic. */
  private static Split ofGroups(long... sizes) {
    long[] ends = sizes.clone();
    Arrays.parallelPrefix(ends, Long::sum);
    Segments groups =
        new Segments("data.columns.group = site", Arrays.stream(ends).boxed().toList());
    TrainingShare share = new TrainingShare(0.2, 0, 7, TrainingShare.BY_EXAMPLES);
    return Split.of(ends[ends.length - 1], Optional.of(groups), share, 1, "t.csv");
  }

  @Example
  void largestGroupLimitsTheNumberOfFolds() {
    long[] equal = LongStream.generate(() -> 10).limit(20).toArray();
    assertThat(ofGroups(equal).folds()).isEqualTo(8);
    assertThat(ofGroups(equal).validation()).isZero();
    assertThat(ofGroups(40, 20, 30, 50, 60).folds()).isEqualTo(3);
    Split dominated = ofGroups(90, 20, 30, 40);
    assertThat(dominated.folds()).isEqualTo(1);
    assertThat(dominated.validation()).isEqualTo(40);
  }
}
