package io.meanfield.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.LocalSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;

/** Spark sorts ids as one process does, whatever their pieces and the number of parts. */
class IdOrderIT {
  private static final int IDS = 5_000;

  private static JavaRDD<IdArray> pieces(List<Long> ids, int pieces) {
    int size = (ids.size() + pieces - 1) / pieces;
    List<IdArray> all =
        IntStream.range(0, pieces)
            .mapToObj(i -> ids.subList(i * size, Math.min(ids.size(), (i + 1) * size)))
            .<IdArray>map(
                part -> new IdArray.Numbers(part.stream().mapToLong(Long::longValue).toArray()))
            .toList();
    return LocalSpark.context().parallelize(all, Math.min(3, pieces));
  }

  private static List<Long> shuffled(LongStream ids, long seed) {
    List<Long> shuffled = new ArrayList<>(ids.boxed().toList());
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  private static LongStream ids() {
    return LongStream.range(0, IDS).map(i -> i * i - 1_000);
  }

  @Test
  void everyDivisionGivesTheSameOrder() {
    long[] sorted = ids().toArray();
    for (int parts : new int[] {1, 3, 20}) {
      try (IdOrder order = IdOrder.of(pieces(shuffled(ids(), parts), 2 * parts), parts)) {
        order.requireUnique("id", "table");
        assertThat(order.count()).isEqualTo(IDS);
        assertThat(order.arePositions()).isFalse();
        for (int size : new int[] {1, 700, 2 * IDS}) {
          assertThat(((IdArray.Numbers) order.every(size)).ids())
              .isEqualTo(
                  IntStream.iterate(0, i -> i < IDS, i -> i + size)
                      .mapToLong(i -> sorted[i])
                      .toArray());
        }
      }
    }
  }

  @Test
  void positionsAreRecognised() {
    try (IdOrder order = IdOrder.of(pieces(shuffled(LongStream.range(0, IDS), 1), 5), 4)) {
      assertThat(order.arePositions()).isTrue();
    }
  }

  @Test
  void smallestIdThatOccursTwiceIsNamed() {
    List<Long> twice =
        shuffled(LongStream.concat(ids(), LongStream.of(4_000 * 4_000L - 1_000, 8)), 2);
    // 8 is 1008 - 1000 and no square before; it is there once, and another one twice.
    try (IdOrder order = IdOrder.of(pieces(twice, 4), 6)) {
      assertThatThrownBy(() -> order.requireUnique("id", "table"))
          .hasMessage("table has the id 15999000 twice in column id; ids must be unique");
    }
  }

  @Test
  void idsThatCannotBeReadLeaveNothingInTheCache() {
    Set<Integer> before = LocalSpark.cachedRdds();
    JavaRDD<IdArray> unreadable = pieces(List.of(1L, 2L), 1).map(IdOrderIT::fail);
    assertThatThrownBy(() -> IdOrder.of(unreadable, 1)).hasMessageContaining("no such file");
    assertThat(LocalSpark.cachedRdds()).isEqualTo(before);
  }

  private static IdArray fail(IdArray ids) {
    throw new IllegalStateException("no such file");
  }
}
