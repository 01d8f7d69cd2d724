package io.meanfield.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.LocalSpark;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.IdIndex;
import io.meanfield.data.TargetKind;
import io.meanfield.data.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of tasks changes neither blocks nor their order. */
class BucketShuffleIT {
  private static final int EXAMPLES = 995;
  private static final int SIZE = 10;
  private static final int BLOCKS = 100;

  /** Returns the examples with these ranks, whose ids are three times the ranks. */
  private static Examples examples(List<Integer> ranks) {
    long[] ids = ranks.stream().mapToLong(rank -> 3L * rank).toArray();
    float[] values = new float[ids.length];
    for (int row = 0; row < ids.length; row++) {
      values[row] = ids[row] / 7f;
    }
    return new Examples(ids, new Features.Floats(values, 1), new Targets.Unknown());
  }

  private static List<Integer> ranks(int from, int to) {
    return IntStream.range(from, Math.min(to, EXAMPLES)).boxed().toList();
  }

  private static List<Examples> blocks() {
    return IntStream.range(0, BLOCKS)
        .mapToObj(block -> examples(ranks(block * SIZE, (block + 1) * SIZE)))
        .toList();
  }

  /** Returns all examples in pieces of 70, in the order of a seed. */
  private static JavaRDD<Examples> pieces(long seed) {
    List<Integer> shuffled = new ArrayList<>(ranks(0, EXAMPLES));
    Collections.shuffle(shuffled, new Random(seed));
    List<Examples> pieces = new ArrayList<>();
    for (int from = 0; from < EXAMPLES; from += 70) {
      pieces.add(examples(shuffled.subList(from, Math.min(from + 70, EXAMPLES))));
    }
    return LocalSpark.context().parallelize(pieces, 3);
  }

  private static JavaRDD<Examples> sorted(JavaRDD<Examples> pieces, int mostTasks) {
    IdArray firstIds =
        new IdArray.Numbers(IntStream.range(0, BLOCKS).mapToLong(i -> 3L * SIZE * i).toArray());
    return ParquetBlocks.sorted(pieces, firstIds, SIZE, EXAMPLES, "table", mostTasks);
  }

  private static List<String> contents(List<Examples> blocks) {
    return blocks.stream()
        .map(block -> Arrays.toString(SerializationUtils.serialize(block)))
        .toList();
  }

  private static String fingerprint(JavaRDD<Examples> blocks) {
    Dataset.Metadata metadata =
        new Dataset.Metadata(
            EXAMPLES, List.of(1), false, TargetKind.CLASSES, false, Optional.empty(), "table");
    return new Dataset(metadata, new IdIndex.Identity(), blocks).fingerprint();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 7", "9, 9", "60, 50", "4096, 100"})
  void blocksAreTheSameInAnyNumberOfTasks(int mostTasks, int tasks) {
    JavaRDD<Examples> blocks = sorted(pieces(mostTasks), mostTasks);
    assertThat(blocks.getNumPartitions()).isEqualTo(tasks);
    assertThat(contents(blocks.collect())).isEqualTo(contents(blocks()));
    assertThat(fingerprint(blocks))
        .isEqualTo(fingerprint(LocalSpark.context().parallelize(blocks(), 2)));
  }

  @Test
  void blockWithoutRowsIsAnError() {
    JavaRDD<Examples> some = LocalSpark.context().parallelize(blocks().subList(0, 40), 2);
    assertThatThrownBy(() -> sorted(some, 5).collect())
        .hasMessageContaining("table does not have all rows that it had when the ids were read");
  }
}
