package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
  @Test
  void timesLieInOrderFromTheOldestOrFromTheNewest() {
    assertThat(TimeOrder.isInOrder(DoubleStream.iterate(0, t -> t + 1).limit(100).toArray()))
        .isTrue();
    assertThat(TimeOrder.isInOrder(DoubleStream.iterate(0, t -> t - 1).limit(100).toArray()))
        .isTrue();
    assertThat(
            TimeOrder.isInOrder(
                IntStream.range(0, 100).mapToDouble(i -> Math.floor(i / 3.0) + i % 2).toArray()))
        .isTrue();
  }

  @Test
  void timesThatBeginAgainForEachGroupDoNot() {
    assertThat(TimeOrder.isInOrder(IntStream.range(0, 300).mapToDouble(i -> i % 50).toArray()))
        .isFalse();
    assertThat(TimeOrder.isInOrder(IntStream.range(0, 300).mapToDouble(i -> i * 7 % 50).toArray()))
        .isFalse();
  }

  @Test
  void fewTimesTellNoOrder() {
    assertThat(
            TimeOrder.isInOrder(
                IntStream.range(0, 300).mapToDouble(i -> Math.floor(i / 30.0)).toArray()))
        .isFalse();
    assertThat(TimeOrder.isInOrder(new double[] {Double.NaN, 1})).isFalse();
  }
}
