package io.meanfield.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.ExampleShuffle;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ResampledSplitTest {
  private static final int CLASSES = 4;

  private final Map<Integer, Map<Long, Integer>> copies = new HashMap<>();
  private final Set<String> rows = new HashSet<>();

  private static List<Examples> blocks(Random random, int count) {
    List<Examples> blocks = new ArrayList<>();
    for (long first = 0; first < count; first += 17) {
      long[] ids = LongStream.range(first, Math.min(first + 17, count)).toArray();
      byte[] labels = new byte[ids.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (byte) (random.nextInt(10) < 7 ? 0 : random.nextInt(CLASSES));
      }
      blocks.add(Examples.images(ids, labels, new byte[ids.length], 1));
    }
    return blocks;
  }

  private static long[] training(Examples block, Split split) {
    long[] counts = new long[CLASSES];
    for (int row = 0; row < block.count(); row++) {
      if (split.isTraining(split.permutation().apply(block.ids()[row]))) {
        counts[block.label(row)]++;
      }
    }
    return counts;
  }

  /** Routes the blocks, each of which is one partition. */
  private void route(ResampledSplit resampled, Split split, List<Examples> blocks) {
    for (int partition = 0; partition < blocks.size(); partition++) {
      Examples block = blocks.get(partition);
      ExampleShuffle.Router router = resampled.cursor(partition).targets(block);
      for (int row = 0; row < block.count(); row++) {
        int from = row;
        boolean training = split.isTraining(split.permutation().apply(block.ids()[row]));
        router.route(
            row,
            (worker, bucketRow) -> {
              assertThat(training).isTrue();
              assertThat(bucketRow).isLessThan(resampled.sizes().trainingShardSize(worker));
              assertThat(rows.add(worker + " " + bucketRow)).isTrue();
              copies
                  .computeIfAbsent(block.label(from), cls -> new HashMap<>())
                  .merge(block.ids()[from], 1, Integer::sum);
            });
      }
    }
  }

  @Property(tries = 100)
  void classesHaveEqualSizesAndRepetitionsOfExamplesDifferByAtMostOne(
      @ForAll Random random,
      @ForAll @IntRange(min = 5, max = 200) int count,
      @ForAll @IntRange(min = 1, max = 5) int workers) {
    List<Examples> blocks = blocks(random, count);
    Split split = Split.of(count, 0.2, workers, random.nextLong());
    List<long[]> counts =
        blocks.stream().map(block -> training(block, split)).collect(Collectors.toList());
    for (Balance balance : List.of(Balance.UNDERSAMPLE, Balance.OVERSAMPLE)) {
      copies.clear();
      rows.clear();
      ClassBalancing balancing = ClassBalancing.of(split, balance, counts);
      ResampledSplit resampled = balancing.drawn().orElseThrow();
      route(resampled, split, blocks);
      check(balancing.before(), resampled.classesAfter(), balance);
      assertThat(resampled.sizes().validation()).isEqualTo(split.validation());
      assertThat(rows).hasSize((int) resampled.sizes().training());
    }
  }

  private void check(List<Long> classesBefore, List<Long> classesAfter, Balance balance) {
    long[] present = classesBefore.stream().mapToLong(n -> n).filter(n -> n > 0).toArray();
    Arrays.sort(present);
    long each = present[balance == Balance.UNDERSAMPLE ? 0 : present.length - 1];
    for (int cls = 0; cls < CLASSES; cls++) {
      long before = classesBefore.get(cls);
      Map<Long, Integer> drawn = copies.getOrDefault(cls, Map.of());
      long after = drawn.values().stream().mapToLong(Integer::intValue).sum();
      assertThat(after).isEqualTo(before == 0 ? 0 : each);
      assertThat(classesAfter.get(cls)).isEqualTo(after);
      assertThat((long) drawn.size()).isEqualTo(Math.min(before, each));
      long repetitions = before == 0 ? 0 : each / before;
      assertThat(drawn.values())
          .allSatisfy(times -> assertThat((long) times).isBetween(repetitions, repetitions + 1));
    }
  }
}
