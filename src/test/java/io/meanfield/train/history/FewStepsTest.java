package io.meanfield.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FewStepsTest {
  private static RoundRow row(int epoch, int worker, int batches) {
    return new RoundRow(
        epoch,
        epoch,
        0,
        worker,
        "host",
        TestRounds.work(100, batches, Optional.of(0.5), Optional.empty(), false),
        TestRounds.cost(1, 1, 1, 1));
  }

  @Test
  void fewerThanTwentyStepsOfAWorkerAreReported() {
    assertThat(
            FewSteps.of(List.of(row(1, 0, 9), row(1, 1, 8), row(2, 0, 10), row(2, 1, 9)))
                .orElseThrow()
                .message())
        .isEqualTo(
            "the optimizer has made only 19 steps in all; lower train.batch-size or raise"
                + " train.epochs");
    assertThat(FewSteps.of(List.of(row(1, 0, 1))).orElseThrow().message())
        .startsWith("the optimizer has made only 1 step in all;");
  }

  @Test
  void twentyStepsOfOneWorkerAreEnough() {
    assertThat(FewSteps.of(List.of(row(1, 0, 10), row(1, 1, 1), row(2, 0, 10)))).isEmpty();
  }
}
