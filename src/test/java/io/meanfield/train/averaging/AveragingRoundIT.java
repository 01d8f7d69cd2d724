package io.meanfield.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingRoundIT {
  private static final LearnerState START = start(1);

  private static LearnerState start(int weights) {
    return LearnerState.fresh(new float[weights]);
  }

  private static JavaRDD<Integer> shards(int count) {
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    return LocalSpark.context().parallelize(numbers, count);
  }

  /**
   * Returns a task with random numbers for each shard; every fourth shard has no examples to
   * average.
   */
  private static RoundFunction<Integer, Integer> task(int weights, int optimizerState) {
    return (shard, start) ->
        new RoundFunction.RoundOutput<>(
            new WeightedState(
                new LearnerState(
                    numbers(weights, shard), numbers(optimizerState, -shard - 1), shard + 7, 3),
                shard % 4 == 1 ? 0 : 100 + shard),
            shard);
  }

  private static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (random.nextFloat() - 0.5f) * (1 << random.nextInt(20));
    }
    return numbers;
  }

  // A slice has 2^20 numbers. The states have less than one slice, exactly two slices, and a slice
  // that contains weights and optimizer state.
  @ParameterizedTest
  @CsvSource({"3, 10, 20", "1, 1000, 0", "5, 1048576, 1048576", "4, 700000, 1400001"})
  void averageOnExecutorsHasTheBitsOfTheAverageOnTheDriver(
      int shards, int weights, int optimizerState) {
    RoundFunction<Integer, Integer> task = task(weights, optimizerState);
    List<IndexRange> averaging = List.of(new IndexRange(weights / 3, weights / 2));
    RoundFunction.AveragedResult<Integer> driver =
        AveragingRound.run(shards(shards), start(weights), averaging, task, Long.MAX_VALUE);
    RoundFunction.AveragedResult<Integer> executors =
        AveragingRound.run(shards(shards), start(weights), averaging, task, 0);
    LearnerState expected = driver.mean().orElseThrow();
    LearnerState mean = executors.mean().orElseThrow();
    assertThat(mean.weights()).isEqualTo(expected.weights());
    assertThat(mean.optimizerState()).isEqualTo(expected.optimizerState());
    assertThat(mean.iteration()).isEqualTo(expected.iteration());
    assertThat(mean.epoch()).isEqualTo(3);
    assertThat(executors.reports()).isEqualTo(driver.reports()).hasSize(shards);
    assertThat(executors.distancesFromAverage())
        .isEqualTo(driver.distancesFromAverage())
        .hasSize(shards);
  }

  /** Distances are the same on the driver and on the executors. */
  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE})
  void stateWithoutExamplesHasNoDistanceFromTheAverage(long driverBytes) {
    int weights = 1_200_000;
    RoundFunction<Integer, Integer> task =
        (shard, start) -> {
          float[] values = new float[weights];
          Arrays.fill(values, shard); // 3 has no examples
          LearnerState state = new LearnerState(values, new float[] {shard}, 1, 0);
          return new RoundFunction.RoundOutput<>(
              new WeightedState(state, shard == 3 ? 0 : 10), shard);
        };
    double norm = Math.sqrt(weights); // of a distance of 1 in each weight
    RoundFunction.AveragedResult<Integer> averaged =
        AveragingRound.run(shards(4), start(weights), List.of(), task, driverBytes);
    LearnerState mean = averaged.mean().orElseThrow(); // of 0, 1 and 2
    assertThat(mean.weights()).containsOnly(1);
    assertThat(mean.optimizerState()).containsExactly(1);
    List<Double> distances = averaged.distancesFromAverage();
    assertThat(distances.get(0)).isCloseTo(norm, within(1e-3));
    assertThat(distances.get(1)).isZero();
    assertThat(distances.get(2)).isCloseTo(norm, within(1e-3));
    assertThat(distances.get(3)).isNaN();
  }

  @Test
  void shardsWithoutExamplesGiveReportsButNoAverage() {
    RoundFunction<Integer, Integer> withoutExamples =
        (shard, start) -> new RoundFunction.RoundOutput<>(new WeightedState(start, 0), shard);
    RoundFunction.AveragedResult<Integer> averaged =
        AveragingRound.run(shards(3), START, List.of(), withoutExamples, 0);
    assertThat(averaged.mean()).isEmpty();
    assertThat(averaged.reports()).containsExactly(0, 1, 2);
  }

  @Test
  void partitionOfTwoShardsIsRefused() {
    JavaRDD<Integer> two = LocalSpark.context().parallelize(List.of(0, 1), 1);
    assertThatThrownBy(() -> AveragingRound.run(two, START, List.of(), task(1, 0)))
        .hasMessageContaining("expected one shard in each partition");
  }
}
