package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelReadsTest {
  @Test
  void resultsHaveTheOrderOfTheItems() {
    List<Integer> items = IntStream.range(0, 100).boxed().toList();
    assertThat(ParallelReads.of(items, item -> item)).isEqualTo(items);
    assertThat(ParallelReads.of(List.of(), item -> item)).isEmpty();
  }

  @Test
  void itemsAreReadAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(2);
    List<Integer> arrivals =
        ParallelReads.of(
            List.of("a", "b"),
            item -> {
              try {
                return together.await();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(arrivals).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void exceptionOfTheFirstItemThatCannotBeReadIsThrown() {
    assertThatThrownBy(
            () ->
                ParallelReads.of(
                    List.of("a", "b", "c"),
                    item -> {
                      if (item.equals("a")) {
                        return item;
                      }
                      throw new IllegalArgumentException("cannot read " + item);
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot read b");
  }
}
