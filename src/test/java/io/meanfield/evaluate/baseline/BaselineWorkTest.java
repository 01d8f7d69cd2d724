package io.meanfield.evaluate.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Measured trainings of the default network, and whether their baselines took less time. */
class BaselineWorkTest {
  private static final long WEIGHTS = 550_000;

  private static BaselineWork boosted(long rows, int models) {
    return new BaselineWork(rows, 8, 20, models, true);
  }

  @Test
  void trainingThatTakesLongerHasAllBaselines() {
    // 1,800 rows: 29 s beside 50 s; 4,800 rows: 18 s beside 47 s; a forest, 540 rows: 17 s beside
    // 34 s.
    assertThat(boosted(1_800, 1).isWorthIt(84, WEIGHTS)).isTrue();
    assertThat(boosted(4_800, 1).isWorthIt(54, WEIGHTS)).isTrue();
    assertThat(new BaselineWork(540, 5, 11, 1, false).isWorthIt(100, WEIGHTS)).isTrue();
  }

  @Test
  void shortTrainingHasTheConstantOnly() {
    assertThat(boosted(1_800, 1).isWorthIt(6, WEIGHTS)).isFalse(); // 20 s beside 3 s
    assertThat(boosted(24_000, 1).isWorthIt(2, 395_000)).isFalse(); // 55 s beside 5 s
    assertThat(boosted(1_800, 1).isWorthIt(84, 1_000)).isFalse();
    assertThat(boosted(1_800, 3).isWorthIt(84, WEIGHTS)).isFalse(); // a model for each target
  }

  @Test
  void smallTableHasALinearModel() {
    // 567 rows: 2 s beside 28 s, and trees 18 s; a model for each of two targets.
    assertThat(boosted(567, 1).isWorthIt(110, WEIGHTS)).isFalse();
    assertThat(boosted(567, 1).isLinearWorthIt(110, WEIGHTS)).isTrue();
    assertThat(boosted(1_093, 2).isLinearWorthIt(104, WEIGHTS)).isTrue();
    assertThat(boosted(567, 1).isLinearWorthIt(3, WEIGHTS)).isFalse();
    assertThat(boosted(100_000, 1).isLinearWorthIt(50, WEIGHTS)).isFalse();
    assertThat(new BaselineWork(1_000, 3_000, 3_000, 1, true).isLinearWorthIt(50, WEIGHTS))
        .isFalse();
  }

  @Test
  void largeTableHasTheConstantOnly() {
    assertThat(boosted(99_999, 1).isWorthIt(50, WEIGHTS)).isTrue();
    assertThat(boosted(100_000, 1).isWorthIt(50, WEIGHTS)).isFalse();
  }

  @Test
  void manyColumnsAreMoreWork() {
    assertThat(new BaselineWork(10_000, 3_000, 3_000, 1, true).isWorthIt(50, WEIGHTS)).isFalse();
  }
}
